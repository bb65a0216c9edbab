"""Every part of the design system on a few pages: only on demo plants and while developing."""

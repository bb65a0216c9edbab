// What every page needs. A page with an island adds its own module.
import "./theme.js";
import "./menu.js";
import "./dialog.js";
import "./toast.js";
import "./hotkeys.js";
import "./palette.js";
import "./selection.js";
import "./when.js";
import "./dirty.js";
import "./drop.js";
import "./paste.js";
import "./live.js";
import "./ready.js";

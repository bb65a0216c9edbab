"""Which agreement a line of a call-off is for, where some messages name docks and others do not.

Where a customer's schedules name no dock, there is one agreement of the place, and its just-in-time
calls for docks change the days of it; where they name docks, each dock has one. A second agreement
beside the first would ask the plant for everything twice.
"""

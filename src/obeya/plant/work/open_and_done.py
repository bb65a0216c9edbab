"""What of the plant's work is open, and what is done: said once, for lists and the REST door."""

from obeya.plant.work.models import Demand, JobOrder, SupplyOrder
from obeya.ui.lists import State

_Demand, _Supply, _Job = Demand.Status, SupplyOrder.Status, JobOrder.DispatchStatus

DEMAND = State(
    "status", open=(_Demand.OPEN,), done=(_Demand.SHIPPED, _Demand.CLOSED, _Demand.CANCELLED)
)
SUPPLY = State(  # a proposal is neither: nobody has decided it
    "status",
    open=(_Supply.FIRM, _Supply.RELEASED, _Supply.STARTED),
    done=(_Supply.COMPLETED, _Supply.CLOSED, _Supply.CANCELLED),
)
JOB = State(
    "dispatch_status",
    open=(_Job.WAITING, _Job.READY, _Job.RUNNING, _Job.INTERRUPTED),
    done=(_Job.COMPLETED, _Job.CLOSED, _Job.CANCELLED),
)

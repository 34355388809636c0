"""The statutory sums (勾稽关系) as exact arithmetic over whole numbers >= 0: what they fix, what they forbid, what repairs them."""

from assistant.balance.network import Network, Side, aggregate_key, network_of
from assistant.balance.outcome import Outcome
from assistant.balance.reconcile import Reconciler
from assistant.balance.repairs import Change, Repair, repairs_of
from assistant.balance.statements import Clash, Given

__all__ = [
    "Change",
    "Clash",
    "Given",
    "Network",
    "Outcome",
    "Reconciler",
    "Repair",
    "Side",
    "aggregate_key",
    "network_of",
    "repairs_of",
]

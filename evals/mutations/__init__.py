"""One deliberate fault for each rule: applied to a lawful report, its rule must catch it."""

from evals.mutations.registry import MUTATIONS, Mutation, mutate, mutated_codes

__all__ = ["MUTATIONS", "Mutation", "mutate", "mutated_codes"]

"""The plant of truth: machines, people, suppliers and customers that Obeya knows only from reports.

A program of its own. It imports nothing of the product, sees what a plant sees through the REST
door (the published plan, its machines and shifts) and acts through the same door. What it knows
and the product does not: how things wear, how wrong the standard times are, who is late.
"""

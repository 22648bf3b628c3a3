"""What is due for an infant or a toddler beside her growth: pure rules over the tables beside them.

One module a question: `immunisation`, `supplementation`, `feeding`, `development`, `newborn`, `corrected_age`,
`illness`, `food_days`.
"""

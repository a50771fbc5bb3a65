"""Scripted trainees, simulation, agreement and gates: how the product is measured."""

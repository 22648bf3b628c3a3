"""The survey report: one HTML page that needs nothing beside itself."""

from ceting.survey.report.page import SurveyFacts, render

__all__ = ["SurveyFacts", "render"]

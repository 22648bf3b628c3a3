from ceting.gateways.interop.addresses import addresses_of, of_file
from ceting.gateways.interop.pregnant_women import views
from ceting.gateways.interop.pregnant_women.screens import SCREENS

app_name = "pregnant_women"
urlpatterns = [
    *addresses_of(SCREENS),
    of_file(SCREENS, "jawaban/", views.decisions, "decisions"),
    of_file(SCREENS, "tanya-lagi/", views.ask_again, "ask-again"),
]

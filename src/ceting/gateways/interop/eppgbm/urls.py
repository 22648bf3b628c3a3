from ceting.gateways.interop.addresses import addresses_of, of_file
from ceting.gateways.interop.eppgbm import views
from ceting.gateways.interop.eppgbm.screens import SCREENS

app_name = "eppgbm"
urlpatterns = [*addresses_of(SCREENS), of_file(SCREENS, "lembar/", views.sheet, "sheet")]

"""The addresses of signatures: here and on paper, the decisions' numbers, and checking a paper."""

from django.urls import path

from accounts.views import checking, paper, reading, signatures

urlpatterns = [
    path("planer/<int:pk>/underteckna/", signatures.sign, name="plan-sign"),
    path("planer/<int:pk>/godkann/", signatures.approve, name="plan-approve"),
    path("planer/<int:pk>/delegationsbeslut/", signatures.enter_numbers, name="plan-numbers"),
    path("planer/<int:pk>/papper/", paper.enter, name="paper-enter"),
    path("planer/<int:pk>/papper/ny/", paper.upload, name="paper-upload"),
    path("planer/<int:pk>/papper/<int:scan>/", paper.download, name="paper-download"),
    path("planer/<int:pk>/papper/<int:scan>/ta-bort/", paper.remove, name="paper-remove"),
    path("ansvar/<int:pk>/fardighet/", reading.confirm_skill, name="duty-skill"),
    path("kontrollera-plan/", checking.show, name="plan-check"),
]

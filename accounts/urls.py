"""The app's addresses; paths are Swedish, names English (`<noun>-<verb>`)."""

from django.urls import path

from accounts.credentials import urls as credential_urls
from accounts.organisation import urls as organisation_urls
from accounts.public import urls as public_urls
from accounts.signatures import signing_urls
from accounts.views import (
    accounts,
    amendments,
    changes,
    closing,
    drafts,
    goals,
    life,
    pending,
    plan_list,
    plans,
    platform_pages,
    platforms,
)

app_name = "accounts"

urlpatterns = [
    *public_urls.urlpatterns,  # first: asked for most
    path("konton/", accounts.show_list, name="account-list"),
    path("konton/foresla/", accounts.propose, name="account-propose"),
    path("konton/vantar/", pending.show_list, name="pending-list"),
    path("konton/vantar/<str:kind>/<int:pk>/paminn/", pending.remind, name="pending-remind"),
    path("konton/<int:pk>/", accounts.show, name="account-show"),
    path("konton/<int:pk>/oppna-utan-plan/", accounts.open_exempt, name="account-open-exempt"),
    path("konton/<int:pk>/andra/", life.edit, name="account-edit"),
    path("konton/<int:pk>/pausa/", life.pause, name="account-pause"),
    path("konton/<int:pk>/avsluta/", closing.show, name="closing-show"),
    path("konton/<int:pk>/avsluta/kryssa/", closing.tick, name="closing-tick"),
    path("konton/<int:pk>/avsluta/ersattare/", closing.change, name="closing-change"),
    path("konton/<int:pk>/avsluta/slutfor/", closing.finish, name="closing-finish"),
    path("konton/<int:pk>/forlorat/", life.show_loss, name="loss-show"),
    path("konton/<int:pk>/forlorat/anteckna/", life.note_loss, name="loss-note"),
    path("konton/<int:pk>/forlorat/atertaget/", life.recover, name="loss-recover"),
    path("konton/<int:pk>/avsteg/<str:key>/", life.waive, name="waiver-grant"),
    path("avsteg/<int:pk>/upphav/", life.end_waiver, name="waiver-end"),
    path("andringar/", changes.show_list, name="change-list"),
    path("andringar/<int:pk>/", changes.show, name="change-show"),
    path("andringar/<int:pk>/publicera/", changes.publish, name="change-publish"),
    path("andringar/<int:pk>/ta-tillbaka/", changes.withdraw, name="change-withdraw"),
    path("konton/<int:pk>/oppna/", accounts.open_account, name="account-open"),
    path("konton/<int:pk>/andra-planen/", amendments.begin, name="plan-amend"),
    path("planer/", plan_list.show_list, name="plan-list"),
    path("planer/<int:pk>/", plans.show, name="plan-show"),
    path("planer/<int:pk>/redigera/", drafts.edit, name="plan-edit"),
    path("planer/<int:pk>/spara/", drafts.autosave, name="plan-autosave"),
    path("planer/<int:pk>/ny-policy/", drafts.rewrite, name="plan-rewrite"),
    path("planer/<int:pk>/jamfor/<int:other>/", amendments.compare, name="plan-compare"),
    path("planer/<int:pk>/kontaktuppgifter/", amendments.correct_contacts, name="plan-contacts"),
    path("planer/<int:pk>/ratta-stavfel/", amendments.correct_spelling, name="plan-correct"),
    path("mal/<int:pk>/uppfoljning/", goals.follow_up, name="goal-follow-up"),
    path("planer/<int:pk>/plan.pdf", plans.print_pdf, name="plan-print"),
    path("plattformar/", platforms.show_list, name="platform-list"),
    path("plattformar/<slug:key>/", platforms.show, name="platform-show"),
    path("plattformar/<slug:key>/sluta-anvanda/", platforms.retire, name="platform-retire"),
    path("plattformar/<slug:key>/ta-i-bruk/", platforms.take_back, name="platform-take-back"),
    path("plattformar/<slug:key>/sidorna/", platform_pages.write, name="platform-pages"),
    path("plattformar/<slug:key>/sidorna/provning/", platform_pages.enter_trial, name="platform-pages-trial"),
    path("plattformar/<slug:key>/uppgifter/<str:fact>/", platforms.enter_trial, name="platform-trial"),
    *signing_urls.urlpatterns,
    *credential_urls.urlpatterns,
    *organisation_urls.urlpatterns,
]

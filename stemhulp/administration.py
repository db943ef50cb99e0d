"""Django's admin, for the technical administrator: few tables, and none that is only appended.

It has no way to sign in of its own: who may enter signed in at /account/, with a second factor.
What is changed here stands in the audit log as well.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parties.accounts.access import PersonRequest, person
from parties.accounts.sessions import require_proof
from parties.addresses import normal_address
from parties.audit import record
from parties.invitations import end_sessions
from parties.models import Contest, Election, Municipality, Place, Region, User
from parties.problems import Problem, WayOn, signed_out, typed_in
from statements.curation.access import ask_second_factor
from statements.curation.permissions import ADMINISTER, may

RIGHTS = {"email", "is_active", "is_national", "is_superuser", "regions"}
NO_ADDRESS = {"password_change", "password_change_done"}  # nobody has a password


class Administration(admin.AdminSite):
    """The admin behind our own way of signing in."""

    site_header = "Stemhulp: beheer"
    site_title = "Beheer van de Stemhulp"
    index_title = "Gegevens"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = person(request)
        return user is not None and may(user, ADMINISTER)

    def admin_view(  # type: ignore[override]  # which takes one kind of function, and keeps it
        self,
        view: Callable[..., HttpResponse],
        cacheable: bool = False,  # noqa: FBT001, FBT002
    ) -> Callable[..., HttpResponse]:
        """Say who may not enter why, before anything else."""
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def checked(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                return _refuse(request)
            require_proof(request)
            response = inner(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return checked

    def get_urls(self) -> list[Any]:
        return [each for each in super().get_urls() if not _is_about_passwords(each)]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Ours: there is no form with a password."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """Ours, which ends the session where it is listed too."""
        return redirect("account_logout")


def _is_about_passwords(address: URLPattern | URLResolver) -> bool:
    return getattr(address, "name", None) in NO_ADDRESS


def _refuse(request: PersonRequest) -> HttpResponse:
    user = person(request)
    if user is None:
        if request.method == "POST":
            raise signed_out(request)
        return redirect_to_login(request.path)
    if user.is_active and user.is_superuser and not is_mfa_enabled(user):
        return ask_second_factor(request)
    raise Problem(
        403,
        "Dit is voor de technisch beheerder",
        "Je hoeft hier niet te zijn: alles wat je voor je werk nodig hebt, staat in de redactie.",
        [WayOn("Naar de redactie", reverse("publication:desk"))],
        typed_in(request),
    )


site = Administration()


class Audited(admin.ModelAdmin[Any]):
    """What is done here is appended to our own log too: which row, and no word of what is in it."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, "added", "toegevoegd", [obj])
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, "changed", "veranderd", [obj])
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        self._record(request, "deleted", "verwijderd", list(queryset))
        return super().log_deletions(request, queryset)

    def _record(self, request: HttpRequest, act: str, word: str, rows: list[Any]) -> None:
        for row in rows:
            what = f"{row._meta.model_name} {row.pk} {word} in het technisch beheer"
            details = {"model": row._meta.label_lower, "key": str(row.pk)}
            by, at = person(request), timezone.now()
            record(f"administration-{act}", what, by=by, at=at, **details)


class NothingRemoved(Audited):
    """For what others refer to."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class NothingAdded(NothingRemoved):
    """For what is made elsewhere, where it is checked."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class UserForm(ModelForm[User]):
    """An address in the one form in which we keep it."""

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


@admin.register(User, site=site)
class UserAdmin(NothingRemoved):
    form = UserForm
    fields = ("email", "name", "is_active", "is_national", "regions", "is_superuser")
    list_display = ("email", "name", "is_active", "is_national", "is_superuser")
    list_filter = ("is_active", "is_national", "is_superuser")
    search_fields = ("email", "name")
    filter_horizontal = ("regions",)

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: ModelForm[Any],
        change: bool,  # noqa: FBT001
    ) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not obj.is_active or RIGHTS & set(form.changed_data):
            end_sessions(obj)


@admin.register(Region, site=site)
class RegionAdmin(NothingAdded):
    list_display = ("name", "slug", "email")
    readonly_fields = ("slug",)


@admin.register(Municipality, site=site)
class MunicipalityAdmin(NothingAdded):
    fields = ("code", "name", "slug", "province", "region", "years", "is_example")
    readonly_fields = ("code", "slug", "is_example")
    list_display = ("code", "name", "province", "region")
    list_filter = ("province", "region")
    list_select_related = ("region",)
    search_fields = ("code", "name")


@admin.register(Place, site=site)
class PlaceAdmin(Audited):
    list_display = ("name", "municipality", "since")
    list_select_related = ("municipality",)
    search_fields = ("name",)
    autocomplete_fields = ("municipality",)


@admin.register(Election, site=site)
class ElectionAdmin(NothingAdded):
    readonly_fields = ("slug", "date")
    list_display = ("slug", "name", "date", "deadline")


@admin.register(Contest, site=site)
class ContestAdmin(NothingAdded):
    fields = ("election", "municipality", "seats", "own_deadline")
    readonly_fields = ("election", "municipality")
    list_display = ("municipality", "election", "seats", "own_deadline")
    list_filter = ("election",)
    list_select_related = ("municipality", "election")
    search_fields = ("municipality__name",)


@admin.register(DBTaskResult, site=site)
class TaskAdmin(admin.ModelAdmin[Any]):
    """What waits to go out, and what failed; to look at."""

    list_display = ("task_path", "status", "enqueued_at", "finished_at")
    list_filter = ("status", "task_path")
    fields = (*list_display, "run_after", "args_kwargs", "exception_class_path")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

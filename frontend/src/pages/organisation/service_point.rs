//! One service point: what is known of it, and the form to enter or change it.

use super::{
    division_field::{DivisionField, Lies},
    entry_form::{CloseAfter, Entering, EntryForm, Line},
    may,
    words::{StateTag, words},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::{
        actor::Actor,
        client::{self, ApiError},
    },
    ui::{AsyncView, Card, Field, PageHeading, TextArea, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use shared::{
    identity::RoleGrantView,
    ids::{ProviderId, ServicePointId},
    organisation::{DivisionCode, OpenState, PointStaff, ProviderView, ServicePointEntry, ServicePointView},
    page::{MAX_PAGE_ROWS, Page},
    rights::{Place, Right},
};

lazy_page! {
    /// A new one of `?provider=…`.
    NewServicePointPage = NewServicePoint in school;
}
lazy_page! {
    /// One that there is.
    ServicePointPage = KnownServicePoint in school;
}

#[component]
fn NewServicePoint() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = use_query_map().with_untracked(|query| query.get("provider").unwrap_or_default());
    let back = format!("/providers/{id}");
    let provider = LocalResource::new(move || {
        let path = format!("/providers/{id}");
        async move { client::get::<ProviderView>(actor, &path).await }
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href=back>{t!(i18n, organisation.provider)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, organisation.new_service_point)) />
            <AsyncView resource=provider let:provider>
                <p>{provider.name}</p>
                <Form
                    provider_id=provider.id
                    here=Lies { code: provider.division, name: provider.division_name }
                    before=None
                />
            </AsyncView>
        </main>
    }
}

#[component]
fn KnownServicePoint() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let point = LocalResource::new(move || {
        let path = format!("/service_points/{}", id.get());
        async move { client::get::<ServicePointView>(actor, &path).await }
    });
    let title = Signal::derive(move || match point.get() {
        Some(Ok(point)) => point.name,
        _ => t_string!(i18n, organisation.service_point).to_owned(),
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href="/organisation">{t!(i18n, organisation.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=point let:known>
                <Known known reload=Callback::new(move |()| point.refetch()) />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(known: ServicePointView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let place = Place::Provider { id: known.provider_id, division: known.division.to_string() };
    let may_edit = may(actor, Right::EditServicePoint, &place);
    let is_open = known.state == OpenState::Open;
    let (point, may_know_clerks) = (known.id, is_open && may(actor, Right::ReadRights, &place));
    let here = Lies { code: known.division, name: known.division_name.clone() };
    let provider = format!("/providers/{}", known.provider_id);
    let facts = known.clone();
    view! {
        <Card>
            <dl class="facts">
                <div><dt>{t!(i18n, organisation.provider)}</dt><dd><A href=provider>{facts.provider_name.clone()}</A></dd></div>
                <div><dt>{t!(i18n, organisation.division)}</dt><dd>{facts.division_name.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.address)}</dt><dd>{facts.address.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.phone)}</dt><dd class="num">{facts.phone.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.opening_hours)}</dt><dd>{facts.opening_hours.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.in_charge)}</dt><dd>{names(&facts.staff, true, " ")}</dd></div>
                <div><dt>{t!(i18n, organisation.staff)}</dt><dd>{names(&facts.staff, false, " ")}</dd></div>
            </dl>
            <p class="row"><StateTag state=facts.state /></p>
        </Card>
        {may_know_clerks.then(|| view! { <Clerks point /> })}
        {may_edit.then(|| view! {
            <h2>{t!(i18n, organisation.change)}</h2>
            <Form provider_id=known.provider_id here before=Some(known) reload />
        })}
    }
}

/// Who holds the role of a clerk there, for who may know of roles.
#[component]
fn Clerks(point: ServicePointId) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let grants = LocalResource::new(move || async move {
        let path = format!("/role_grants?service_point_id={point}&limit={MAX_PAGE_ROWS}");
        client::get::<Page<RoleGrantView>>(actor, &path).await
    });
    let line = |grant: RoleGrantView| {
        view! { <li>{grant.display_name} " " <span class="muted small">{grant.login_name}</span></li> }
    };
    view! {
        <Card title=words(|locale| td_string!(locale, organisation.clerks))>
            <AsyncView
                resource=grants
                is_empty=is_nobody
                empty=words(|locale| td_string!(locale, organisation.no_clerks))
                let:found
            >
                <ul>{found.items.into_iter().map(line).collect_view()}</ul>
            </AsyncView>
        </Card>
    }
}

fn is_nobody(found: &Page<RoleGrantView>) -> bool {
    found.items.is_empty()
}

/// The names of those in charge, or of the others.
fn names(staff: &[PointStaff], is_in_charge: bool, between: &str) -> String {
    let names = staff.iter().filter(|person| person.is_in_charge == is_in_charge).map(|person| person.name.as_str());
    names.collect::<Vec<_>>().join(between)
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    division: RwSignal<String>,
    address: RwSignal<String>,
    phone: RwSignal<String>,
    opening_hours: RwSignal<String>,
    in_charge: RwSignal<String>,
    /// A name a line.
    staff: RwSignal<String>,
}

impl Draft {
    fn of(here: &Lies, before: Option<&ServicePointView>) -> Self {
        let text = |field: fn(&ServicePointView) -> String| RwSignal::new(before.map(field).unwrap_or_default());
        Self {
            name: text(|view| view.name.clone()),
            division: RwSignal::new(here.code.to_string()),
            address: text(|view| view.address.clone()),
            phone: text(|view| view.phone.clone()),
            opening_hours: text(|view| view.opening_hours.clone()),
            in_charge: text(|view| names(&view.staff, true, " ")),
            staff: text(|view| names(&view.staff, false, "\n")),
        }
    }

    /// The entry, if it can be read; the server judges the rest.
    fn entry(self, provider_id: ProviderId, state: OpenState) -> Option<ServicePointEntry> {
        let given = |text: RwSignal<String>| Some(text.get_untracked()).filter(|text| !text.trim().is_empty());
        Some(ServicePointEntry {
            provider_id,
            name: given(self.name)?,
            division: DivisionCode::parse(&self.division.get_untracked())?,
            address: given(self.address)?,
            phone: given(self.phone)?,
            opening_hours: given(self.opening_hours)?,
            staff: self.persons()?,
            state,
        })
    }

    /// Who serves: the one in charge first.
    fn persons(self) -> Option<Vec<PointStaff>> {
        let first = Some(self.in_charge.get_untracked()).filter(|name| !name.trim().is_empty())?;
        let others = self.staff.get_untracked();
        let others = others.lines().map(str::trim).filter(|name| !name.is_empty());
        let others = others.map(|name| PointStaff { name: name.to_owned(), is_in_charge: false });
        Some(std::iter::once(PointStaff { name: first, is_in_charge: true }).chain(others).collect())
    }
}

/// Enters or changes a service point.
#[component]
fn Form(
    provider_id: ProviderId,
    here: Lies,
    before: Option<ServicePointView>,
    #[prop(optional)] reload: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = Draft::of(&here, before.as_ref());
    let entering = match &before {
        Some(view) => Entering::change(actor, format!("/service_points/{}", view.id), view.version, view.state),
        None => Entering::new(actor, "/service_points"),
    };
    let save = Callback::new(move |state: OpenState| {
        let navigate = navigate.clone();
        entering.send(draft.entry(provider_id, state), move |saved: ServicePointView| {
            toasts.done(t_string!(i18n, common.done));
            match reload {
                Some(reload) => reload.run(()),
                None => navigate(&format!("/providers/{}", saved.provider_id), Default::default()),
            }
        });
    });
    // Whichever of the other names is wrong, it stands in this field.
    let staff_error = Signal::derive(move || match entering.deed.failure() {
        Some(ApiError::Problem(problem)) => {
            let mut wrong = problem.errors.iter();
            let wrong = wrong.find(|error| error.pointer.starts_with("/staff") && error.pointer != "/staff/0/name");
            wrong.map(|error| error.detail.clone()).unwrap_or_default()
        }
        _ => String::new(),
    });
    // Who serves there learns what closing takes from them.
    let closing: Children = Box::new(move || {
        view! { <CloseAfter text=|locale| td_string!(locale, organisation.close_service_point) save /> }.into_any()
    });
    view! {
        <EntryForm entering save closing>
            <Line id="name" pointer="/name" label=|locale| td_string!(locale, organisation.name) value=draft.name entering />
            <DivisionField here value=draft.division entering />
            <Line
                id="address"
                pointer="/address"
                label=|locale| td_string!(locale, organisation.address)
                value=draft.address
                entering
            />
            <Line
                id="phone"
                pointer="/phone"
                label=|locale| td_string!(locale, organisation.phone)
                value=draft.phone
                entering
            />
            <Line
                id="opening_hours"
                pointer="/opening_hours"
                label=|locale| td_string!(locale, organisation.opening_hours)
                value=draft.opening_hours
                entering
            />
            <Line
                id="in_charge"
                pointer="/staff/0/name"
                label=|locale| td_string!(locale, organisation.in_charge)
                value=draft.in_charge
                entering
            />
            <Field
                id="staff"
                label=words(|locale| td_string!(locale, organisation.staff))
                hint=words(|locale| td_string!(locale, organisation.staff_hint))
                error=staff_error
            >
                <TextArea value=draft.staff rows=3 />
            </Field>
        </EntryForm>
    }
}

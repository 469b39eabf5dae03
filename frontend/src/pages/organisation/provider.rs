//! One provider: what is known of it, its points, and the form to enter or change it.

use super::{
    closing::CloseWithClasses,
    division_field::{DivisionField, Lies, named},
    entry_form::{Entering, EntryForm, Line},
    may,
    place_list::{Listed, PointsOf},
    words::{Formerly, StateTag, kind_name, words},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client},
    ui::{AsyncView, ButtonLink, Card, Field, PageHeading, Select, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use shared::{
    ids::{ClassId, ProviderId},
    organisation::{DivisionCode, OpenState, ProviderEntry, ProviderKind, ProviderView},
    rights::{Place, Right},
};

lazy_page! {
    /// A new one, at `?division=…`.
    NewProviderPage = NewProvider in school;
}
lazy_page! {
    /// One that there is.
    ProviderPage = KnownProvider in school;
}

#[component]
fn NewProvider() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let code = use_query_map().with_untracked(|query| query.get("division").unwrap_or_default());
    let back = format!("/organisation/{code}");
    let here = LocalResource::new(move || named(actor, code.clone()));
    view! {
        <main class="page stack">
            <p class="way-back"><A href=back>{t!(i18n, organisation.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, organisation.new_provider)) />
            <AsyncView resource=here let:here>
                <Form here before=None />
            </AsyncView>
        </main>
    }
}

#[component]
fn KnownProvider() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let provider = LocalResource::new(move || {
        let path = format!("/providers/{}", id.get());
        async move { client::get::<ProviderView>(actor, &path).await }
    });
    let title = Signal::derive(move || match provider.get() {
        Some(Ok(provider)) => provider.name,
        _ => t_string!(i18n, organisation.provider).to_owned(),
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/organisation">{t!(i18n, organisation.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=provider let:known>
                <Known known reload=Callback::new(move |()| provider.refetch()) />
            </AsyncView>
        </main>
    }
}

/// What is known of it, and the ways on.
#[component]
fn Known(known: ProviderView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let place = Place::Provider { id: known.id, division: known.division.to_string() };
    let may_edit = may(actor, Right::EditProvider, &place);
    let is_open = known.state == OpenState::Open;
    let may_add = |right| is_open && may(actor, right, &place);
    let (may_teach, may_serve) = (may_add(Right::EditTeachingPoint), may_add(Right::EditServicePoint));
    let (id, kind, state) = (known.id, known.kind, known.state);
    let here = Lies { code: known.division, name: known.division_name.clone() };
    let (division, code) = (known.division_name.clone(), known.credit_code.clone());
    let points = move |listed: Listed, new: Option<String>| {
        view! {
            <Card title=Signal::derive(move || listed.name(i18n.get_locale()).to_owned())>
                {new.map(|path| view! { <ButtonLink href=path>{t!(i18n, organisation.add)}</ButtonLink> })}
                <PointsOf listed limit=format!("provider_id={id}") />
            </Card>
        }
    };
    let facts = known.clone();
    view! {
        <Card>
            <dl class="facts">
                <div><dt>{t!(i18n, organisation.kind)}</dt><dd>{move || kind_name(i18n.get_locale(), kind)}</dd></div>
                <div><dt>{t!(i18n, organisation.org_code)}</dt><dd class="num">{facts.org_code.clone()}</dd></div>
                <div><dt>{t!(i18n, organisation.division)}</dt><dd>{division}</dd></div>
                {facts.formerly.clone().map(|former| view! { <Formerly former /> })}
                {code.map(|code| view! {
                    <div><dt>{t!(i18n, organisation.credit_code)}</dt><dd class="num">{code}</dd></div>
                })}
            </dl>
            <p class="row"><StateTag state /></p>
        </Card>
        {points(Listed::TeachingPoints, may_teach.then(|| format!("/teaching_points/new?provider={id}")))}
        {points(Listed::ServicePoints, may_serve.then(|| format!("/service_points/new?provider={id}")))}
        {may_edit.then(|| view! {
            <h2>{t!(i18n, organisation.change)}</h2>
            <Form here before=Some(known) reload />
        })}
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<String>,
    name: RwSignal<String>,
    division: RwSignal<String>,
    credit_code: RwSignal<String>,
    reason: RwSignal<String>,
    told_classes: RwSignal<Vec<ClassId>>,
}

impl Draft {
    fn of(here: &Lies, before: Option<&ProviderView>) -> Self {
        let text = |field: fn(&ProviderView) -> String| RwSignal::new(before.map(field).unwrap_or_default());
        Self {
            kind: text(|view| view.kind.as_str().to_owned()),
            name: text(|view| view.name.clone()),
            division: RwSignal::new(here.code.to_string()),
            credit_code: text(|view| view.credit_code.clone().unwrap_or_default()),
            reason: text(|view| view.credit_code_reason.clone().unwrap_or_default()),
            told_classes: RwSignal::new(Vec::new()),
        }
    }

    /// The entry, if it can be read; the server judges the rest.
    fn entry(self, state: OpenState) -> Option<ProviderEntry> {
        let given = |text: RwSignal<String>| Some(text.get_untracked()).filter(|text| !text.trim().is_empty());
        Some(ProviderEntry {
            kind: ProviderKind::parse(&self.kind.get_untracked())?,
            name: given(self.name)?,
            division: DivisionCode::parse(&self.division.get_untracked())?,
            credit_code: given(self.credit_code),
            credit_code_reason: given(self.reason),
            state,
            told_classes: self.told_classes.get_untracked(),
        })
    }
}

/// Enters or changes a provider.
#[component]
fn Form(here: Lies, before: Option<ProviderView>, #[prop(optional)] reload: Option<Callback<()>>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let (draft, is_new) = (Draft::of(&here, before.as_ref()), before.is_none());
    let entering = match &before {
        Some(view) => Entering::change(actor, format!("/providers/{}", view.id), view.version, view.state),
        None => Entering::new(actor, "/providers"),
    };
    let save = Callback::new(move |state: OpenState| {
        let navigate = navigate.clone();
        entering.send(draft.entry(state), move |saved: ProviderView| {
            toasts.done(t_string!(i18n, common.done));
            match reload {
                Some(reload) => reload.run(()),
                None => navigate(&format!("/providers/{}", saved.id), Default::default()),
            }
        });
    });
    let id = before.as_ref().map(|view| view.id);
    let closing: Children = Box::new(move || {
        let button = |id: ProviderId| {
            view! {
                <CloseWithClasses
                    whose=format!("provider_id={id}")
                    count={|locale, count| td_string!(locale, organisation.close_classes, count = count)}
                    outlook=|locale| td_string!(locale, organisation.close_classes_text)
                    told=draft.told_classes
                    save
                />
            }
        };
        id.map(button).into_any()
    });
    let kinds = move || {
        let option = |kind: &ProviderKind| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        ProviderKind::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let kind_said = entering.deed.field("/kind");
    let kind_error = Signal::derive(move || {
        let is_missing = entering.was_sent.get() && draft.kind.with(String::is_empty);
        if is_missing { t_string!(i18n, common.required).to_owned() } else { kind_said.get() }
    });
    view! {
        <EntryForm entering save closing>
            <Line id="name" pointer="/name" label=|locale| td_string!(locale, organisation.name) value=draft.name entering />
            <Field id="kind" label=words(|locale| td_string!(locale, organisation.kind)) error=kind_error>
                <Select value=draft.kind options=Signal::derive(kinds) />
            </Field>
            {is_new.then(|| view! { <DivisionField here value=draft.division entering /> })}
            <Line
                id="credit_code"
                pointer="/credit_code"
                label=|locale| td_string!(locale, organisation.credit_code)
                hint=|locale: Locale| td_string!(locale, organisation.credit_code_hint)
                is_optional=true
                value=draft.credit_code
                entering
            />
            <Line
                id="credit_code_reason"
                pointer="/credit_code_reason"
                label=|locale| td_string!(locale, organisation.credit_code_reason)
                hint=|locale: Locale| td_string!(locale, organisation.credit_code_reason_hint)
                is_optional=true
                value=draft.reason
                entering
            />
        </EntryForm>
    }
}

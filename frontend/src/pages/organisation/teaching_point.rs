//! One teaching point: what is known of it, and the form to enter or change it.

use super::{
    closing::CloseWithClasses,
    division_field::{DivisionField, Lies},
    entry_form::{Entering, EntryForm, Line},
    may,
    words::{StateTag, words},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    platform::{actor::Actor, client},
    ui::{AsyncView, Card, PageHeading, Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use shared::{
    ids::{ClassId, ProviderId, TeachingPointId},
    organisation::{DivisionCode, OpenState, ProviderView, TeachingPointEntry, TeachingPointView},
    rights::{Place, Right},
};

lazy_page! {
    /// A new one of `?provider=…`.
    NewTeachingPointPage = NewTeachingPoint in school;
}
lazy_page! {
    /// One that there is.
    TeachingPointPage = KnownTeachingPoint in school;
}

#[component]
fn NewTeachingPoint() -> impl IntoView {
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
            <PageHeading text=words(|locale| td_string!(locale, organisation.new_teaching_point)) />
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
fn KnownTeachingPoint() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let point = LocalResource::new(move || {
        let path = format!("/teaching_points/{}", id.get());
        async move { client::get::<TeachingPointView>(actor, &path).await }
    });
    let title = Signal::derive(move || match point.get() {
        Some(Ok(point)) => point.name,
        _ => t_string!(i18n, organisation.teaching_point).to_owned(),
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
fn Known(known: TeachingPointView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let place = Place::Provider { id: known.provider_id, division: known.division.to_string() };
    let may_edit = may(actor, Right::EditTeachingPoint, &place);
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
            </dl>
            <p class="row"><StateTag state=facts.state /></p>
        </Card>
        {may_edit.then(|| view! {
            <h2>{t!(i18n, organisation.change)}</h2>
            <Form provider_id=known.provider_id here before=Some(known) reload />
        })}
    }
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    division: RwSignal<String>,
    address: RwSignal<String>,
    phone: RwSignal<String>,
    told_classes: RwSignal<Vec<ClassId>>,
}

impl Draft {
    fn of(here: &Lies, before: Option<&TeachingPointView>) -> Self {
        let text = |field: fn(&TeachingPointView) -> String| RwSignal::new(before.map(field).unwrap_or_default());
        Self {
            name: text(|view| view.name.clone()),
            division: RwSignal::new(here.code.to_string()),
            address: text(|view| view.address.clone()),
            phone: text(|view| view.phone.clone()),
            told_classes: RwSignal::new(Vec::new()),
        }
    }

    /// The entry, if it can be read; the server judges the rest.
    fn entry(self, provider_id: ProviderId, state: OpenState) -> Option<TeachingPointEntry> {
        let given = |text: RwSignal<String>| Some(text.get_untracked()).filter(|text| !text.trim().is_empty());
        Some(TeachingPointEntry {
            provider_id,
            name: given(self.name)?,
            division: DivisionCode::parse(&self.division.get_untracked())?,
            address: given(self.address)?,
            phone: given(self.phone)?,
            state,
            told_classes: self.told_classes.get_untracked(),
        })
    }
}

/// Enters or changes a teaching point.
#[component]
fn Form(
    provider_id: ProviderId,
    here: Lies,
    before: Option<TeachingPointView>,
    #[prop(optional)] reload: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, navigate) = (expect_context::<Actor>(), expect_context::<Toasts>(), use_navigate());
    let draft = Draft::of(&here, before.as_ref());
    let entering = match &before {
        Some(view) => Entering::change(actor, format!("/teaching_points/{}", view.id), view.version, view.state),
        None => Entering::new(actor, "/teaching_points"),
    };
    let save = Callback::new(move |state: OpenState| {
        let navigate = navigate.clone();
        entering.send(draft.entry(provider_id, state), move |saved: TeachingPointView| {
            toasts.done(t_string!(i18n, common.done));
            match reload {
                Some(reload) => reload.run(()),
                None => navigate(&format!("/providers/{}", saved.provider_id), Default::default()),
            }
        });
    });
    let id = before.as_ref().map(|view| view.id);
    let closing: Children = Box::new(move || {
        let button = |id: TeachingPointId| {
            view! {
                <CloseWithClasses
                    whose=format!("teaching_point_id={id}")
                    count={|locale, count| td_string!(locale, organisation.close_point_classes, count = count)}
                    outlook=|locale| td_string!(locale, organisation.close_point_classes_text)
                    told=draft.told_classes
                    save
                />
            }
        };
        id.map(button).into_any()
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
        </EntryForm>
    }
}

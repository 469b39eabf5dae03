//! An activity in a tool of others under its author's hands.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        authoring::draft::{Draft, Place},
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Field, Select, TextArea, TextInput},
};
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{Activity, ActivityBody, ExternalLink, ExternalToolChoice, MAX_TOPIC_CHARS},
};

/// What is written of it.
#[derive(Clone, Copy)]
struct Written {
    title: RwSignal<String>,
    is_required: RwSignal<bool>,
    /// The id of the tool; empty until one is chosen.
    tool_id: RwSignal<String>,
    /// What the tools are called, by their ids; known once they were fetched.
    tools: StoredValue<Vec<(String, String)>>,
    tool_title: StoredValue<String>,
    target_url: RwSignal<String>,
    about: RwSignal<String>,
    parameters: RwSignal<String>,
    needs_pct: RwSignal<String>,
}

impl Written {
    fn of(activity: &Activity) -> Self {
        let link = activity.body.external().cloned().unwrap_or_default();
        let tool_id = link.tool_id.map(|id| id.to_string()).unwrap_or_default();
        let chosen = (!tool_id.is_empty()).then(|| (tool_id.clone(), link.tool_title.clone()));
        Self {
            title: RwSignal::new(activity.title.clone()),
            is_required: RwSignal::new(activity.is_required),
            tool_id: RwSignal::new(tool_id),
            tools: StoredValue::new(chosen.into_iter().collect()),
            tool_title: StoredValue::new(link.tool_title),
            target_url: RwSignal::new(link.target_url),
            about: RwSignal::new(link.about),
            parameters: RwSignal::new(link.parameters),
            needs_pct: RwSignal::new(link.needs_pct.to_string()),
        }
    }

    fn track(self) {
        self.title.track();
        self.is_required.track();
        self.tool_id.track();
        self.target_url.track();
        self.about.track();
        self.parameters.track();
        self.needs_pct.track();
    }

    fn write(self, activity: &mut Activity) {
        activity.title = self.title.get_untracked();
        activity.is_required = self.is_required.get_untracked();
        activity.body = ActivityBody::External { link: self.link() };
    }

    fn link(self) -> ExternalLink {
        let id = self.tool_id.get_untracked();
        let known = self.tools.with_value(|tools| tools.iter().find(|(tool, _)| *tool == id).cloned());
        ExternalLink {
            tool_id: id.parse().ok(),
            tool_title: known.map_or_else(|| self.tool_title.get_value(), |(_, title)| title),
            target_url: self.target_url.with_untracked(|url| url.trim().to_owned()),
            about: self.about.get_untracked(),
            parameters: self.parameters.get_untracked(),
            // What is no number is said when the draft is submitted.
            needs_pct: self.needs_pct.with_untracked(|percent| percent.trim().parse().unwrap_or(u8::MAX)),
        }
    }

    /// The tools that may be chosen, after the one that was, which may be in use no more.
    fn offer(self, choices: Vec<ExternalToolChoice>) -> Vec<(String, String)> {
        self.tools.update_value(|tools| {
            for choice in choices {
                let id = choice.id.to_string();
                if !tools.iter().any(|(known, _)| *known == id) {
                    tools.push((id, choice.title));
                }
            }
        });
        self.tools.get_value()
    }
}

/// Edits it; every change goes to the draft.
#[component]
pub(super) fn ExternalForm(
    /// The draft.
    draft: Draft,
    /// Its unit.
    place: Place,
    /// Which activity.
    id: ActivityId,
) -> impl IntoView {
    let unit = draft.unit(place);
    let activity = unit.and_then(|unit| unit.activities.into_iter().find(|activity| activity.id == id));
    activity.map(|activity| {
        let written = Written::of(&activity);
        let write = move |_: &(), _: Option<&()>, _: Option<()>| {
            draft.change_unit(place, |unit| {
                if let Some(activity) = unit.activities.iter_mut().find(|activity| activity.id == id) {
                    written.write(activity);
                }
            });
        };
        Effect::watch(move || written.track(), write, false);
        view! {
            <div class="stack">
                <What written />
                <Where written />
            </div>
        }
    })
}

#[component]
fn What(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let hint = move || t_string!(i18n, learning.author_external_about_hint, max = MAX_TOPIC_CHARS);
    view! {
        <Field id="external_title" label=words(|locale| td_string!(locale, learning.author_external_title))>
            <TextInput value=written.title />
        </Field>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=written.is_required
                on:change:target=move |event| written.is_required.set(event.target().checked())
            />
            <span>{t!(i18n, learning.author_external_required)}</span>
        </label>
        <Field
            id="external_about"
            label=words(|locale| td_string!(locale, learning.author_external_about))
            hint=Signal::derive(hint)
        >
            <TextArea value=written.about rows=3 />
        </Field>
        <Field
            id="external_needs"
            label=words(|locale| td_string!(locale, learning.author_external_needs))
            hint=words(|locale| td_string!(locale, learning.author_external_needs_hint))
        >
            <TextInput value=written.needs_pct keyboard="numeric" />
        </Field>
    }
}

#[component]
fn Where(written: Written) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let choices: LocalResource<Outcome<Vec<ExternalToolChoice>>> =
        LocalResource::new(move || client::get(actor, "/external_tool_choices"));
    view! {
        <AsyncView resource=choices let:choices>
            <Tool written choices />
        </AsyncView>
        <Field
            id="external_target"
            label=words(|locale| td_string!(locale, learning.author_external_target))
            hint=words(|locale| td_string!(locale, learning.author_external_target_hint))
        >
            <TextInput value=written.target_url kind="url" />
        </Field>
        <Field
            id="external_parameters"
            label=words(|locale| td_string!(locale, learning.author_external_parameters))
            hint=words(|locale| td_string!(locale, learning.author_external_parameters_hint))
        >
            <TextArea value=written.parameters rows=3 />
        </Field>
    }
}

/// Which tool it lies in.
#[component]
fn Tool(written: Written, choices: Vec<ExternalToolChoice>) -> impl IntoView {
    let options = Signal::stored(written.offer(choices));
    view! {
        <Field
            id="external_tool"
            label=words(|locale| td_string!(locale, learning.author_external_tool))
            hint=words(|locale| td_string!(locale, learning.author_external_tool_hint))
        >
            <Select value=written.tool_id options />
        </Field>
    }
}

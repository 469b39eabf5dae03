//! What a blueprint asks of the whole of a form.

use super::form::Form;
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{organisation::words::words, people::checked::Checked},
    ui::{Card, Field, TextInput},
};
use leptos::prelude::*;

/// The fields.
#[component]
pub(super) fn Frame(form: Form, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Card title=words(|locale| td_string!(locale, papers.blueprint_frame))>
            <Field
                id="title"
                label=words(|locale| td_string!(locale, papers.blueprint_name))
                error=checked.error("/title")
            >
                <TextInput value=form.title />
            </Field>
            <div class="columns">
                <NumberField
                    id="total"
                    label=|locale| td_string!(locale, papers.total)
                    error=checked.error("/blueprint/total")
                    value=form.total
                />
                <NumberField
                    id="forms"
                    label=|locale| td_string!(locale, papers.forms)
                    hint=|locale| td_string!(locale, papers.forms_hint)
                    error=checked.error("/blueprint/forms")
                    value=form.forms
                />
                <NumberField
                    id="difficulty"
                    label=|locale| td_string!(locale, papers.target)
                    hint=|locale| td_string!(locale, papers.target_hint)
                    error=checked.error("/blueprint/difficulty")
                    value=form.difficulty
                />
                <NumberField
                    id="tolerance"
                    label=|locale| td_string!(locale, papers.tolerance)
                    hint=|locale| td_string!(locale, papers.tolerance_hint)
                    error=checked.error("/blueprint/tolerance")
                    value=form.tolerance
                />
                <Limits form checked />
            </div>
            <Mix form checked />
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=form.has_spare
                    on:change:target=move |event| form.has_spare.set(event.target().checked())
                />
                <span>{t!(i18n, papers.has_spare)}</span>
            </label>
        </Card>
    }
}

#[component]
fn Limits(form: Form, checked: Checked) -> impl IntoView {
    view! {
        <NumberField
            id="shared-limit"
            label=|locale| td_string!(locale, papers.shared_limit)
            error=checked.error("/blueprint/shared_limit")
            value=form.shared_limit
        />
        <NumberField
            id="recent-limit"
            label=|locale| td_string!(locale, papers.recent_limit)
            error=checked.error("/blueprint/recent_limit")
            value=form.recent_limit
        />
        <NumberField
            id="exposure-cap"
            label=|locale| td_string!(locale, papers.exposure_cap)
            hint=|locale| td_string!(locale, papers.exposure_cap_hint)
            error=checked.error("/blueprint/exposure_cap")
            value=form.exposure_cap
        />
        <NumberField
            id="trial-places"
            label=|locale| td_string!(locale, papers.trial_places)
            hint=|locale| td_string!(locale, papers.trial_places_hint)
            error=checked.error("/blueprint/trial_places")
            value=form.trial_places
        />
    }
}

/// Which share is to be hard, medium and easy.
#[component]
fn Mix(form: Form, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let [hard, medium, easy] = form.mix;
    view! {
        <p class="muted small">{t!(i18n, papers.mix_about)}</p>
        <div class="columns">
            <NumberField
                id="mix-hard"
                label=|locale| td_string!(locale, papers.mix_hard)
                error=checked.error("/blueprint/mix")
                value=hard
            />
            <NumberField
                id="mix-medium"
                label=|locale| td_string!(locale, papers.mix_medium)
                error=checked.error("/blueprint/mix")
                value=medium
            />
            <NumberField
                id="mix-easy"
                label=|locale| td_string!(locale, papers.mix_easy)
                error=checked.error("/blueprint/mix")
                value=easy
            />
        </div>
    }
}

/// No hint.
fn nothing(_: Locale) -> &'static str {
    ""
}

#[component]
fn NumberField(
    id: &'static str,
    label: fn(Locale) -> &'static str,
    #[prop(default = nothing)] hint: fn(Locale) -> &'static str,
    error: Signal<String>,
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <Field id label=words(label) hint=words(hint) error>
            <TextInput value keyboard="decimal" />
        </Field>
    }
}

//! Recording a certificate of a skill.

use super::{
    super::skill_words::{kind_name, level_name},
    Who,
    training_form::{SchoolField, missing, only_school},
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, clock, creation::CreationKey},
    ui::{Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::AccountId,
    problem::FieldError,
    teaching::{CertificateKind, SkillCertificateEntry, SkillCertificateView, SkillLevel},
    time::read_date,
};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    learner: AccountId,
    school: RwSignal<String>,
    kind: RwSignal<String>,
    kind_name: RwSignal<String>,
    occupation: RwSignal<String>,
    level: RwSignal<String>,
    issuer: RwSignal<String>,
    number: RwSignal<String>,
    issued_on: RwSignal<String>,
}

impl Draft {
    fn new(who: Who) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            learner: who.learner,
            school: only_school(who),
            kind: empty(),
            kind_name: empty(),
            occupation: empty(),
            level: empty(),
            issuer: empty(),
            number: empty(),
            issued_on: empty(),
        }
    }

    /// Whether a level is asked for.
    fn has_level(self) -> bool {
        self.kind.with(|kind| CertificateKind::parse(kind)).is_some_and(CertificateKind::has_level)
    }

    /// Whether the kind has to be named.
    fn is_other(self) -> bool {
        self.kind.with(|kind| CertificateKind::parse(kind)) == Some(CertificateKind::Other)
    }

    fn stated(self) -> Option<SkillCertificateEntry> {
        let level = Some(self.level.get()).filter(|_| self.has_level());
        Some(SkillCertificateEntry {
            learner: self.learner,
            provider_id: self.school.get().parse().ok()?,
            kind: CertificateKind::parse(&self.kind.get())?,
            kind_name: if self.is_other() { self.kind_name.get().trim().to_owned() } else { String::new() },
            occupation: self.occupation.get().trim().to_owned(),
            level: level.and_then(|level| SkillLevel::parse(&level)),
            issuer: self.issuer.get().trim().to_owned(),
            number: self.number.get().trim().to_owned(),
            issued_on: read_date(&self.issued_on.get())?,
        })
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.stated() {
            Some(stated) => stated.check(clock::now().date_in_china()),
            None => missing(&[
                (self.school.with(String::is_empty), "/provider_id"),
                (self.kind.with(String::is_empty), "/kind"),
                (self.is_other() && self.kind_name.with(|name| name.trim().is_empty()), "/kind_name"),
                (self.occupation.with(|text| text.trim().is_empty()), "/occupation"),
                (self.has_level() && self.level.with(String::is_empty), "/level"),
                (self.issuer.with(|text| text.trim().is_empty()), "/issuer"),
                (self.number.with(|text| text.trim().is_empty()), "/number"),
                (read_date(&self.issued_on.get()).is_none(), "/issued_on"),
            ]),
        }
    }
}

/// What the dialog holds.
#[component]
pub(super) fn CertificateForm(who: Who, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new(who);
    let (checked, key) = (Checked::new(move || draft.wrong()), CreationKey::new());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let sending =
            key.create(move |key| async move { client::create(actor, "/skill_certificates", &key, &stated).await });
        checked.deed.run(sending, move |_: SkillCertificateView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.recorded));
            who.reload.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.record_do)) send>
            <SchoolField who value=draft.school error=checked.error("/provider_id") />
            <What draft checked />
            <Proof draft checked />
        </CheckedForm>
    }
}

/// Kind, occupation and level.
#[component]
fn What(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = move || {
        let option =
            |kind: &CertificateKind| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        CertificateKind::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let levels = move || {
        let option = |level: &SkillLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        SkillLevel::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let has_level = Memo::new(move |_| draft.has_level());
    let is_other = Memo::new(move |_| draft.is_other());
    view! {
        <Field id="kind" label=words(|locale| td_string!(locale, classes.certificate_kind)) error=checked.error("/kind")>
            <Select value=draft.kind options=Signal::derive(kinds) />
        </Field>
        <Show when=move || is_other.get()>
            <Field id="kind_name" label=words(|locale| td_string!(locale, classes.kind_name)) error=checked.error("/kind_name")>
                <TextInput value=draft.kind_name />
            </Field>
        </Show>
        <Field
            id="occupation"
            label=words(|locale| td_string!(locale, classes.occupation))
            hint=words(|locale: Locale| td_string!(locale, classes.occupation_hint))
            error=checked.error("/occupation")
        >
            <TextInput value=draft.occupation />
        </Field>
        <Show when=move || has_level.get()>
            <Field id="level" label=words(|locale| td_string!(locale, classes.level)) error=checked.error("/level")>
                <Select value=draft.level options=Signal::derive(levels) />
            </Field>
        </Show>
    }
}

/// Issuer, number and day.
#[component]
fn Proof(draft: Draft, checked: Checked) -> impl IntoView {
    view! {
        <Field id="issuer" label=words(|locale| td_string!(locale, classes.issuer)) error=checked.error("/issuer")>
            <TextInput value=draft.issuer />
        </Field>
        <Field
            id="number"
            label=words(|locale| td_string!(locale, classes.certificate_number))
            hint=words(|locale: Locale| td_string!(locale, classes.certificate_number_hint))
            error=checked.error("/number")
        >
            <TextInput value=draft.number />
        </Field>
        <Field id="issued_on" label=words(|locale| td_string!(locale, classes.issued_on)) error=checked.error("/issued_on")>
            <TextInput value=draft.issued_on kind="date" />
        </Field>
    }
}

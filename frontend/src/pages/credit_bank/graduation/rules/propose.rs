//! A rule of graduation is proposed, to be in force from a day to come.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        enrolment::words::level_name,
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
    },
    ui::{Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{GraduationRule, GraduationRuleProposal, ProposeGraduationRule, keeps_graduation_rules_of},
    learning::CourseLevel,
    organisation::{DivisionCode, DivisionRow},
    problem::FieldError,
    time::read_date,
};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    region: RwSignal<String>,
    level: RwSignal<String>,
    valid_from: RwSignal<String>,
    needs_skill_certificate: RwSignal<bool>,
    credits: RwSignal<String>,
    culture_cap: RwSignal<String>,
    skill_cap: RwSignal<String>,
    reason: RwSignal<String>,
}

/// A whole number, if a text says one.
fn number(text: RwSignal<String>) -> Option<u16> {
    text.with(|text| text.trim().parse().ok())
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            region: empty(),
            level: empty(),
            valid_from: empty(),
            needs_skill_certificate: RwSignal::new(true),
            credits: empty(),
            culture_cap: empty(),
            skill_cap: empty(),
            reason: empty(),
        }
    }

    fn stated(self) -> Option<ProposeGraduationRule> {
        let rule = GraduationRule {
            region: DivisionCode::parse(&self.region.get())?,
            level: CourseLevel::parse(&self.level.get())?,
            valid_from: read_date(&self.valid_from.get())?,
            needs_skill_certificate: self.needs_skill_certificate.get(),
            credits: number(self.credits)?,
            culture_cap: number(self.culture_cap)?,
            skill_cap: number(self.skill_cap)?,
        };
        Some(ProposeGraduationRule { rule, reason: self.reason.get() })
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.stated() {
            Some(stated) => stated.check(clock::now().date_in_china()).err().unwrap_or_default(),
            None => self.missing(),
        }
    }

    /// The fields that are empty, or cannot be read.
    fn missing(self) -> Vec<FieldError> {
        let found = [
            (DivisionCode::parse(&self.region.get()).is_some(), "/rule/region"),
            (CourseLevel::parse(&self.level.get()).is_some(), "/rule/level"),
            (read_date(&self.valid_from.get()).is_some(), "/rule/valid_from"),
            (number(self.credits).is_some(), "/rule/credits"),
            (number(self.culture_cap).is_some(), "/rule/culture_cap"),
            (number(self.skill_cap).is_some(), "/rule/skill_cap"),
        ];
        let missing = found.into_iter().filter(|(is_there, _)| !is_there);
        missing.map(|(_, pointer)| FieldError::new(pointer, "required")).collect()
    }
}

/// The form in its dialog.
#[component]
pub(super) fn Propose(is_open: RwSignal<bool>, proposed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new();
    let checked = Checked::new(move || draft.wrong());
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/graduation_rules/proposals", &key, &stated).await };
        checked.deed.run(sending, move |_: GraduationRuleProposal| {
            is_open.set(false);
            toasts.done(t_string!(i18n, enrolment.rule_was_proposed));
            proposed.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <p>{t!(i18n, graduation.rule_propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.rule_propose_do)) send>
            <Region draft checked />
            <Level draft checked />
            <Field
                id="rule_valid_from"
                label=words(|locale: Locale| td_string!(locale, enrolment.rule_valid_from))
                error=checked.error("/rule/valid_from")
            >
                <TextInput value=draft.valid_from kind="date" />
            </Field>
            <Asked draft checked />
            <ReasonField value=draft.reason checked />
        </CheckedForm>
    }
}

/// Where the rule is to hold: in the whole province or in one city, where the reader keeps rules.
#[component]
fn Region(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let roles = StoredValue::new(actor.me().map(|me| me.roles).unwrap_or_default());
    let is_kept = move |code: &str| {
        let code = DivisionCode::parse(code);
        code.is_some_and(|code| roles.with_value(|roles| keeps_graduation_rules_of(roles, code)))
    };
    if is_kept(DivisionCode::ZHEJIANG.as_str()) {
        draft.region.set(DivisionCode::ZHEJIANG.to_string());
    }
    let cities: LocalResource<Outcome<Vec<DivisionRow>>> =
        LocalResource::new(move || client::get(actor, "/divisions?parent=33"));
    let regions = move || {
        let whole = (DivisionCode::ZHEJIANG.to_string(), t_string!(i18n, enrolment.rule_everywhere).to_owned());
        let cities = cities.get().and_then(Result::ok).unwrap_or_default();
        let cities = cities.into_iter().map(|row| (row.division.code, row.division.name));
        std::iter::once(whole).chain(cities).filter(|(code, _)| is_kept(code)).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="rule_region"
            label=words(|locale: Locale| td_string!(locale, enrolment.rule_region))
            error=checked.error("/rule/region")
        >
            <Select value=draft.region options=Signal::derive(regions) />
        </Field>
    }
}

/// Of which diploma.
#[component]
fn Level(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || {
        let option =
            |level: &CourseLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        CourseLevel::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="rule_level"
            label=words(|locale: Locale| td_string!(locale, enrolment.level))
            error=checked.error("/rule/level")
        >
            <Select value=draft.level options=Signal::derive(levels) />
        </Field>
    }
}

/// What the diploma asks for beside its courses.
#[component]
fn Asked(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field
            id="rule_credits"
            label=words(|locale: Locale| td_string!(locale, graduation.rule_credits_field))
            hint=words(|locale: Locale| td_string!(locale, graduation.rule_credits_hint))
            error=checked.error("/rule/credits")
        >
            <TextInput value=draft.credits keyboard="numeric" />
        </Field>
        <Field
            id="rule_culture_cap"
            label=words(|locale: Locale| td_string!(locale, graduation.rule_culture_field))
            error=checked.error("/rule/culture_cap")
        >
            <TextInput value=draft.culture_cap keyboard="numeric" />
        </Field>
        <Field
            id="rule_skill_cap"
            label=words(|locale: Locale| td_string!(locale, graduation.rule_skill_field))
            error=checked.error("/rule/skill_cap")
        >
            <TextInput value=draft.skill_cap keyboard="numeric" />
        </Field>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.needs_skill_certificate
                on:change:target=move |event| draft.needs_skill_certificate.set(event.target().checked())
            />
            <span>{t!(i18n, graduation.rule_needs_skill)}</span>
        </label>
    }
}

//! A version of the rules is proposed, to be in force from a day to come.

use super::super::words::level_name;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
        roster::education::education_options,
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
    enrolment::{EnrolmentRule, ProposeRule, RuleBook, RuleProposal, right_over_rules},
    learning::CourseLevel,
    organisation::{DivisionCode, DivisionRow},
    person::EducationLevel,
    problem::FieldError,
    rights::{Right, places},
    time::read_date,
};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    region: RwSignal<String>,
    level: RwSignal<String>,
    valid_from: RwSignal<String>,
    youngest: RwSignal<String>,
    oldest: RwSignal<String>,
    prior: RwSignal<String>,
    is_literacy_enough: RwSignal<bool>,
    reason: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            region: RwSignal::new(DivisionCode::ZHEJIANG.to_string()),
            level: empty(),
            valid_from: empty(),
            youngest: empty(),
            oldest: empty(),
            prior: empty(),
            is_literacy_enough: RwSignal::new(false),
            reason: empty(),
        }
    }

    fn stated(self) -> Option<ProposeRule> {
        let age = |text: RwSignal<String>| text.with(|text| text.trim().parse::<i16>().ok());
        let rule = EnrolmentRule {
            region: DivisionCode::parse(&self.region.get())?,
            level: CourseLevel::parse(&self.level.get())?,
            valid_from: read_date(&self.valid_from.get())?,
            youngest: age(self.youngest)?,
            oldest: age(self.oldest)?,
            prior: EducationLevel::parse(&self.prior.get())?,
            is_literacy_enough: self.is_literacy_enough.get(),
        };
        Some(ProposeRule { rule, reason: self.reason.get() })
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.stated() {
            Some(stated) => stated.check(clock::now().date_in_china()).err().unwrap_or_default(),
            None => self.missing(),
        }
    }

    /// The fields that are empty, or cannot be read.
    fn missing(self) -> Vec<FieldError> {
        let is_age = |text: RwSignal<String>| text.with(|text| text.trim().parse::<i16>().is_ok());
        let found = [
            (DivisionCode::parse(&self.region.get()).is_some(), "/rule/region"),
            (CourseLevel::parse(&self.level.get()).is_some(), "/rule/level"),
            (read_date(&self.valid_from.get()).is_some(), "/rule/valid_from"),
            (is_age(self.youngest), "/rule/youngest"),
            (is_age(self.oldest), "/rule/oldest"),
            (EducationLevel::parse(&self.prior.get()).is_some(), "/rule/prior"),
        ];
        let missing = found.into_iter().filter(|(is_there, _)| !is_there);
        missing.map(|(_, pointer)| FieldError::new(pointer, "required")).collect()
    }
}

/// The form in its dialog.
#[component]
pub(super) fn Propose(
    is_open: RwSignal<bool>,
    book: LocalResource<Outcome<RuleBook>>,
    proposed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new();
    let checked = Checked::new(move || draft.wrong());
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/enrolment_rules/proposals", &key, &stated).await };
        checked.deed.run(sending, move |_: RuleProposal| {
            is_open.set(false);
            toasts.done(t_string!(i18n, enrolment.rule_was_proposed));
            proposed.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <p>{t!(i18n, enrolment.rule_propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.rule_propose_do)) send>
            <Where draft checked book />
            <Field
                id="rule_valid_from"
                label=words(|locale: Locale| td_string!(locale, enrolment.rule_valid_from))
                error=checked.error("/rule/valid_from")
            >
                <TextInput value=draft.valid_from kind="date" />
            </Field>
            <Field
                id="rule_youngest"
                label=words(|locale: Locale| td_string!(locale, enrolment.rule_youngest))
                error=checked.error("/rule/youngest")
            >
                <TextInput value=draft.youngest keyboard="numeric" />
            </Field>
            <Field
                id="rule_oldest"
                label=words(|locale: Locale| td_string!(locale, enrolment.rule_oldest))
                error=checked.error("/rule/oldest")
            >
                <TextInput value=draft.oldest keyboard="numeric" />
            </Field>
            <Prior draft checked />
            <ReasonField value=draft.reason checked />
        </CheckedForm>
    }
}

/// Where and at which level the version is to hold: of the province's office in the whole province or in one city, of
/// a bureau in its own region at its own level.
#[component]
fn Where(draft: Draft, checked: Checked, book: LocalResource<Outcome<RuleBook>>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let roles = actor.me().map(|me| me.roles).unwrap_or_default();
    let is_of_province = places(&roles, Right::KeepEnrolmentRules).next().is_some();
    if !is_of_province {
        draft.region.set(String::new());
    }
    let cities: LocalResource<Outcome<Vec<DivisionRow>>> = LocalResource::new(move || async move {
        // A bureau chooses among its own regions, and does not see the others.
        if is_of_province { client::get(actor, "/divisions?parent=33").await } else { Ok(Vec::new()) }
    });
    let everywhere = move || {
        let whole = (DivisionCode::ZHEJIANG.to_string(), t_string!(i18n, enrolment.rule_everywhere).to_owned());
        let cities = cities.get().and_then(Result::ok).unwrap_or_default();
        let cities = cities.into_iter().map(|row| (row.division.code, row.division.name));
        std::iter::once(whole).chain(cities).collect::<Vec<_>>()
    };
    let own = move || {
        let regions = book.get().and_then(Result::ok).map(|book| book.bureau_regions).unwrap_or_default();
        regions.into_iter().map(|own| (own.region.to_string(), own.name)).collect::<Vec<_>>()
    };
    let regions = move || if is_of_province { everywhere() } else { own() };
    let levels = move || {
        let region = DivisionCode::parse(&draft.region.get());
        let is_kept =
            |level: &&CourseLevel| region.is_none_or(|region| right_over_rules(&roles, region, **level).is_some());
        let option =
            |level: &CourseLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        CourseLevel::ALL.iter().filter(is_kept).map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="rule_region"
            label=words(|locale: Locale| td_string!(locale, enrolment.rule_region))
            error=checked.error("/rule/region")
        >
            <Select value=draft.region options=Signal::derive(regions) />
        </Field>
        <Field
            id="rule_level"
            label=words(|locale: Locale| td_string!(locale, enrolment.level))
            error=checked.error("/rule/level")
        >
            <Select value=draft.level options=Signal::derive(levels) />
        </Field>
    }
}

/// What must have been learnt before.
#[component]
fn Prior(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || education_options(i18n.get_locale());
    view! {
        <Field
            id="rule_prior"
            label=words(|locale: Locale| td_string!(locale, enrolment.rule_prior))
            error=checked.error("/rule/prior")
        >
            <Select value=draft.prior options=Signal::derive(levels) />
        </Field>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.is_literacy_enough
                on:change:target=move |event| draft.is_literacy_enough.set(event.target().checked())
            />
            <span>{t!(i18n, enrolment.rule_literacy)}</span>
        </label>
    }
}

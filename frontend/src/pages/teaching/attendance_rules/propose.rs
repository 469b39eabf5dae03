//! A rule of attendance is proposed, to be in force from a day to come.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
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
    learning::{AttendanceRule, AttendanceRuleProposal, ProposeAttendanceRule, keeps_attendance_rules_of},
    organisation::{DivisionCode, DivisionRow},
    problem::FieldError,
    time::read_date,
};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    region: RwSignal<String>,
    valid_from: RwSignal<String>,
    late_min: RwSignal<String>,
    class_hour_min: RwSignal<String>,
    face_min_pct: RwSignal<String>,
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
            valid_from: empty(),
            late_min: empty(),
            class_hour_min: empty(),
            // All of them, unless somebody says less.
            face_min_pct: RwSignal::new("100".to_owned()),
            reason: empty(),
        }
    }

    fn stated(self) -> Option<ProposeAttendanceRule> {
        let rule = AttendanceRule {
            region: DivisionCode::parse(&self.region.get())?,
            valid_from: read_date(&self.valid_from.get())?,
            late_min: number(self.late_min)?,
            class_hour_min: number(self.class_hour_min)?,
            face_min_pct: number(self.face_min_pct)?,
        };
        Some(ProposeAttendanceRule { rule, reason: self.reason.get() })
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
            (read_date(&self.valid_from.get()).is_some(), "/rule/valid_from"),
            (number(self.late_min).is_some(), "/rule/late_min"),
            (number(self.class_hour_min).is_some(), "/rule/class_hour_min"),
            (number(self.face_min_pct).is_some(), "/rule/face_min_pct"),
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
        let sending = async move { client::create(actor, "/attendance_rules/proposals", &key, &stated).await };
        checked.deed.run(sending, move |_: AttendanceRuleProposal| {
            is_open.set(false);
            toasts.done(t_string!(i18n, enrolment.rule_was_proposed));
            proposed.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <p>{t!(i18n, classes.attendance_rule_propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.rule_propose_do)) send>
            <Region draft checked />
            <Field
                id="rule_valid_from"
                label=words(|locale: Locale| td_string!(locale, enrolment.rule_valid_from))
                error=checked.error("/rule/valid_from")
            >
                <TextInput value=draft.valid_from kind="date" />
            </Field>
            <Field
                id="rule_late_min"
                label=words(|locale: Locale| td_string!(locale, classes.attendance_rule_late_field))
                error=checked.error("/rule/late_min")
            >
                <TextInput value=draft.late_min keyboard="numeric" />
            </Field>
            <Field
                id="rule_class_hour_min"
                label=words(|locale: Locale| td_string!(locale, classes.attendance_rule_hour_field))
                error=checked.error("/rule/class_hour_min")
            >
                <TextInput value=draft.class_hour_min keyboard="numeric" />
            </Field>
            <Field
                id="rule_face_min_pct"
                label=words(|locale: Locale| td_string!(locale, classes.attendance_rule_face_field))
                error=checked.error("/rule/face_min_pct")
            >
                <TextInput value=draft.face_min_pct keyboard="numeric" />
            </Field>
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
        code.is_some_and(|code| roles.with_value(|roles| keeps_attendance_rules_of(roles, code)))
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

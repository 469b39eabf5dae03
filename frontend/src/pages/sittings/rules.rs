//! What candidates of a test are allowed: planned, and shown.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::deed::Deed,
    ui::{Card, Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::{
    delivery::FocusPolicy,
    sittings::{ExamRules, ExamSessionView},
};

/// The rules as they are typed.
#[derive(Clone, Copy)]
pub(super) struct RulesDraft {
    late: RwSignal<String>,
    leave: RwSignal<String>,
    grace: RwSignal<String>,
    window: RwSignal<String>,
    asks_code: RwSignal<bool>,
    admission: RwSignal<bool>,
    pub(super) safe_browser: RwSignal<bool>,
    /// Empty as long as leaving the page is only recorded.
    focus: RwSignal<String>,
}

impl RulesDraft {
    /// Fills in other rules.
    pub(super) fn fill(self, rules: ExamRules) {
        let minutes = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        self.late.set(minutes(rules.late_limit_min));
        self.leave.set(minutes(rules.leave_before_end_min));
        self.grace.set(rules.grace_s.to_string());
        self.window.set(rules.late_window_min.to_string());
        self.asks_code.set(rules.asks_entry_code);
        self.admission.set(rules.needs_admission);
        self.safe_browser.set(rules.needs_safe_browser);
        self.focus.set(match rules.focus_policy {
            FocusPolicy::Record => String::new(),
            policy => policy.as_str().to_owned(),
        });
    }

    /// These rules.
    pub(super) fn of(rules: ExamRules) -> Self {
        let text = || RwSignal::new(String::new());
        let off = || RwSignal::new(false);
        let draft = Self {
            late: text(),
            leave: text(),
            grace: text(),
            window: text(),
            asks_code: off(),
            admission: off(),
            safe_browser: off(),
            focus: text(),
        };
        draft.fill(rules);
        draft
    }

    /// The rules; `None` if one of them cannot be read.
    pub(super) fn read(self) -> Option<ExamRules> {
        Some(ExamRules {
            late_limit_min: self.late.with(|typed| if_any(typed))?,
            leave_before_end_min: self.leave.with(|typed| if_any(typed))?,
            grace_s: self.grace.with(|typed| typed.trim().parse().ok())?,
            late_window_min: self.window.with(|typed| typed.trim().parse().ok())?,
            asks_entry_code: self.asks_code.get(),
            needs_admission: self.admission.get(),
            needs_safe_browser: self.safe_browser.get(),
            focus_policy: self.focus.with(|chosen| FocusPolicy::parse(chosen)).unwrap_or(FocusPolicy::Record),
        })
    }
}

/// What may be done besides recording it, when somebody leaves the page.
fn policies(locale: Locale) -> Vec<(String, String)> {
    let words = [
        (FocusPolicy::Warn, td_string!(locale, sittings.rule_focus_warn)),
        (FocusPolicy::Tell, td_string!(locale, sittings.rule_focus_tell)),
    ];
    words.map(|(policy, words)| (policy.as_str().to_owned(), words.to_owned())).into()
}

/// A number as a person types it: none is right, too. `None` if it cannot be read.
fn if_any(text: &str) -> Option<Option<u16>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

/// The fields.
#[component]
pub(super) fn RulesFields(
    /// The rules as they are typed.
    draft: RulesDraft,
    /// Whether the form was sent.
    was_sent: RwSignal<bool>,
    /// Sending it.
    deed: Deed,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = move |pointer: &'static str, text: RwSignal<String>, may_lack: bool| {
        let is_readable = move || {
            text.with(|typed| if may_lack { if_any(typed).is_some() } else { typed.trim().parse::<u16>().is_ok() })
        };
        Signal::derive(move || {
            if was_sent.get() && !is_readable() {
                t_string!(i18n, sittings.bad_number).to_owned()
            } else {
                deed.field(pointer).get()
            }
        })
    };
    view! {
        <Field
            id="late_limit"
            label=words(|locale| td_string!(locale, sittings.rule_late))
            hint=words(|locale| td_string!(locale, sittings.rule_late_hint))
            error=error("/rules/late_limit_min", draft.late, true)
        >
            <TextInput value=draft.late keyboard="numeric" />
        </Field>
        <Field
            id="leave_before_end"
            label=words(|locale| td_string!(locale, sittings.rule_leave))
            hint=words(|locale| td_string!(locale, sittings.rule_leave_hint))
            error=error("/rules/leave_before_end_min", draft.leave, true)
        >
            <TextInput value=draft.leave keyboard="numeric" />
        </Field>
        <Field
            id="grace"
            label=words(|locale| td_string!(locale, sittings.rule_grace))
            hint=words(|locale| td_string!(locale, sittings.rule_grace_hint))
            error=error("/rules/grace_s", draft.grace, false)
        >
            <TextInput value=draft.grace keyboard="numeric" />
        </Field>
        <Field
            id="late_window"
            label=words(|locale| td_string!(locale, sittings.rule_window))
            hint=words(|locale| td_string!(locale, sittings.rule_window_hint))
            error=error("/rules/late_window_min", draft.window, false)
        >
            <TextInput value=draft.window keyboard="numeric" />
        </Field>
        <Field
            id="focus_policy"
            label=words(|locale| td_string!(locale, sittings.rule_focus))
            hint=words(|locale| td_string!(locale, sittings.rule_focus_hint))
            error=deed.field("/rules/focus_policy")
        >
            <Select
                value=draft.focus
                options=Signal::derive(move || policies(i18n.get_locale()))
                empty=words(|locale| td_string!(locale, sittings.rule_focus_record))
            />
        </Field>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.asks_code
                on:change:target=move |event| draft.asks_code.set(event.target().checked())
            />
            <span>{t!(i18n, sittings.rule_code)}</span>
        </label>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.admission
                on:change:target=move |event| draft.admission.set(event.target().checked())
            />
            <span>{t!(i18n, sittings.rule_admission)}</span>
        </label>
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=draft.safe_browser
                on:change:target=move |event| draft.safe_browser.set(event.target().checked())
            />
            <span>{t!(i18n, sittings.rule_safe_browser)}</span>
        </label>
    }
}

/// The rules of a test, in a sentence each.
#[component]
pub(super) fn Rules(exam_session: Signal<ExamSessionView>) -> impl IntoView {
    let i18n = use_i18n();
    let rules = Memo::new(move |_| exam_session.with(|shown| shown.rules));
    let exam_keys = Memo::new(move |_| exam_session.with(|shown| shown.browser_exam_keys.len()));
    let sentences = move || {
        let (locale, rules) = (i18n.get_locale(), rules.get());
        let ExamRules { grace_s, late_window_min, .. } = rules;
        let waits = td_string!(locale, sittings.rule_waits, seconds = grace_s, minutes = late_window_min);
        let keys = exam_keys.get();
        let checked = (rules.needs_safe_browser && keys > 0)
            .then(|| td_string!(locale, sittings.rule_exam_keys_says, count = keys));
        candidate_rules(locale, rules).into_iter().chain(checked).chain([waits])
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.rules))>
            <ul>{move || sentences().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}</ul>
        </Card>
    }
}

/// What a candidate must know of the rules: when it is too late to come, and too early to leave, and what opens the paper.
pub(super) fn candidate_rules(locale: Locale, rules: ExamRules) -> Vec<String> {
    let late = match rules.late_limit_min {
        Some(minutes) => td_string!(locale, sittings.rule_late_says, minutes = minutes),
        None => td_string!(locale, sittings.rule_late_none).to_owned(),
    };
    let leave = match rules.leave_before_end_min {
        Some(minutes) => td_string!(locale, sittings.rule_leave_says, minutes = minutes),
        None => td_string!(locale, sittings.rule_leave_none).to_owned(),
    };
    let code = rules.asks_entry_code.then(|| td_string!(locale, sittings.rule_code_says).to_owned());
    let admission = rules.needs_admission.then(|| td_string!(locale, sittings.rule_admission_says).to_owned());
    let browser = rules.needs_safe_browser.then(|| td_string!(locale, sittings.rule_safe_browser_says).to_owned());
    let focus = match rules.focus_policy {
        FocusPolicy::Record => td_string!(locale, sittings.rule_focus_record_says),
        FocusPolicy::Warn => td_string!(locale, sittings.rule_focus_warn_says),
        FocusPolicy::Tell => td_string!(locale, sittings.rule_focus_tell_says),
    };
    [late, leave].into_iter().chain(browser).chain(admission).chain(code).chain([focus.to_owned()]).collect()
}

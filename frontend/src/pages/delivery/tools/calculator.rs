//! The calculator: typed by keyboard or tapped. It reckons on the device, by `shared::calculator`.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    ui::{Button, Look},
};
use leptos::{ev::SubmitEvent, prelude::*};
use shared::calculator::{AngleUnit, CalcNumber, CalcRefusal, CalcSetting, CalculatorKind, evaluate};

/// Keys that write what stands on them, in rows of four.
const PLAIN_KEYS: [&str; 20] =
    ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "-", "0", ".", "%", "+", "(", ")", "√", "M"];
/// What a scientific one has beside them.
const SCIENTIFIC_KEYS: [&str; 12] = ["sin", "cos", "tan", "π", "asin", "acos", "atan", "e", "lg", "ln", "^", "!"];

/// Keys that go on with a result: any other begins anew.
const GOING_ON: [&str; 8] = ["+", "-", "×", "÷", "%", "^", "!", ")"];

/// What is typed after a key is pressed.
fn after_key(typed: &str, is_result: bool, key: &str) -> String {
    let before = if is_result && !GOING_ON.contains(&key) { "" } else { typed };
    // A function is of what stands in its brackets.
    let is_function = key.len() > 1 && key.bytes().all(|letter| letter.is_ascii_lowercase());
    let bracket = if is_function { "(" } else { "" };
    format!("{before}{key}{bracket}")
}

/// A result as it is gone on with: what is more than digits holds together in brackets.
fn as_typed(result: &str) -> String {
    let is_plain = result.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.');
    if is_plain { result.to_owned() } else { format!("({result})") }
}

/// Why there is no result, in words.
fn refusal_text(locale: Locale, refusal: CalcRefusal) -> &'static str {
    match refusal {
        CalcRefusal::Unfinished => td_string!(locale, delivery.calc_unfinished),
        CalcRefusal::Unreadable => td_string!(locale, delivery.calc_unreadable),
        CalcRefusal::BracketMissing => td_string!(locale, delivery.calc_bracket),
        CalcRefusal::DivisionByZero => td_string!(locale, delivery.calc_zero),
        CalcRefusal::NoSuchNumber => td_string!(locale, delivery.calc_no_number),
        CalcRefusal::TooLarge => td_string!(locale, delivery.calc_too_large),
        CalcRefusal::TooLong => td_string!(locale, delivery.calc_too_long),
    }
}

/// What a key is called by who hears it; empty if it is called what stands on it.
fn key_name(locale: Locale, key: &str) -> &'static str {
    match key {
        "√" => td_string!(locale, delivery.calc_root),
        "^" => td_string!(locale, delivery.calc_power),
        "M" => td_string!(locale, delivery.calc_recall),
        _ => "",
    }
}

/// What is typed, what came of it, and what is remembered.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    kind: CalculatorKind,
    typed: RwSignal<String>,
    /// Whether what is typed is what came of it before.
    is_result: RwSignal<bool>,
    result: RwSignal<Option<Result<CalcNumber, CalcRefusal>>>,
    memory: RwSignal<CalcNumber>,
    angle: RwSignal<AngleUnit>,
}

impl Desk {
    /// A calculator on which nothing is typed.
    pub(super) fn new(kind: CalculatorKind) -> Self {
        Self {
            kind,
            typed: RwSignal::new(String::new()),
            is_result: RwSignal::new(false),
            result: RwSignal::new(None),
            memory: RwSignal::new(CalcNumber::ZERO),
            angle: RwSignal::new(AngleUnit::Degrees),
        }
    }

    fn write(self, key: &str) {
        let is_result = self.is_result.get_untracked();
        if is_result {
            // It stands in what is typed, or is done with.
            self.result.set(None);
        }
        self.typed.update(|typed| *typed = after_key(typed, is_result, key));
        self.is_result.set(false);
    }

    /// Takes what somebody wrote by keyboard.
    fn take(self, text: String) {
        self.typed.set(text);
        self.is_result.set(false);
    }

    fn delete(self) {
        self.is_result.set(false);
        self.typed.update(|typed| _ = typed.pop());
    }

    fn clear(self) {
        self.typed.set(String::new());
        self.is_result.set(false);
        self.result.set(None);
    }

    /// Reckons what is typed; what came of it, if anything.
    fn reckon(self) -> Option<CalcNumber> {
        let setting =
            CalcSetting { kind: self.kind, angle: self.angle.get_untracked(), memory: self.memory.get_untracked() };
        let result = self.typed.with_untracked(|typed| evaluate(typed, &setting));
        self.result.set(Some(result));
        result.ok()
    }

    /// The result takes the place of what is typed, to go on with.
    fn equals(self) {
        if let Some(number) = self.reckon() {
            self.typed.set(as_typed(&number.to_string()));
            self.is_result.set(true);
        }
    }

    /// Adds what came of it to what is remembered, or takes it off.
    fn remember(self, is_taken_off: bool) {
        if let Some(number) = self.reckon() {
            let number = if is_taken_off { number.negated() } else { number };
            match self.memory.get_untracked().plus(number) {
                Ok(memory) => self.memory.set(memory),
                Err(refusal) => self.result.set(Some(Err(refusal))),
            }
        }
    }
}

/// The calculator itself.
#[component]
pub(super) fn Calculator(
    /// What is typed, and what came of it.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        desk.equals();
    };
    let result = move || match desk.result.get() {
        None => String::new(),
        Some(Ok(number)) => format!("= {number}"),
        Some(Err(refusal)) => refusal_text(i18n.get_locale(), refusal).to_owned(),
    };
    let memory = move || {
        let memory = desk.memory.get();
        let is_kept = memory != CalcNumber::ZERO;
        is_kept.then(|| t_string!(i18n, delivery.calc_memory, number = memory.to_string()))
    };
    let is_scientific = desk.kind == CalculatorKind::Scientific;
    let label = move || t_string!(i18n, delivery.calc_keys);
    let key = move |key: &'static str| view! { <Key desk key /> };
    view! {
        <form class="calculator stack" novalidate on:submit=submit>
            <label class="blank">
                <span>{t!(i18n, delivery.calc_typed)}</span>
                <input
                    type="text"
                    inputmode="none"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=desk.typed
                    on:input:target=move |event| desk.take(event.target().value())
                />
            </label>
            <output class="num" aria-live="polite">{result}</output>
            <p class="small muted num">{memory}</p>
            {is_scientific.then(|| view! { <Angles angle=desk.angle /> })}
            <div class="calculator-keys" role="group" aria-label=label>
                {is_scientific.then(|| SCIENTIFIC_KEYS.into_iter().map(key).collect_view())}
                {PLAIN_KEYS.into_iter().map(key).collect_view()}
                <DeedKey
                    name=|locale| td_string!(locale, delivery.calc_store)
                    sign="M+"
                    on_press=move |()| desk.remember(false)
                />
                <DeedKey
                    name=|locale| td_string!(locale, delivery.calc_take_off)
                    sign="M−"
                    on_press=move |()| desk.remember(true)
                />
                <DeedKey
                    name=|locale| td_string!(locale, delivery.calc_forget)
                    sign="MC"
                    on_press=move |()| desk.memory.set(CalcNumber::ZERO)
                />
                <DeedKey
                    name=|locale| td_string!(locale, delivery.calc_delete)
                    sign="⌫"
                    on_press=move |()| desk.delete()
                />
                <DeedKey
                    name=|locale| td_string!(locale, delivery.calc_clear)
                    sign="C"
                    on_press=move |()| desk.clear()
                />
            </div>
            <Button look=Look::Primary is_submit=true is_wide=true>
                "="
                <span class="visually-hidden">{t!(i18n, delivery.calc_equals)}</span>
            </Button>
        </form>
    }
}

/// A key that writes what stands on it.
#[component]
fn Key(desk: Desk, key: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || Some(key_name(i18n.get_locale(), key)).filter(|name| !name.is_empty());
    view! {
        <button type="button" class="button" aria-label=label on:click=move |_| desk.write(key)>{key}</button>
    }
}

/// A key that does something.
#[component]
fn DeedKey(
    /// What it does, for who hears it.
    name: fn(Locale) -> &'static str,
    /// What stands on it.
    sign: &'static str,
    /// Does it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let name = words(name);
    view! {
        <button
            type="button"
            class="button"
            aria-label=move || name.get()
            on:click=move |_| on_press.run(())
        >
            {sign}
        </button>
    }
}

/// What angles are measured in.
#[component]
fn Angles(angle: RwSignal<AngleUnit>) -> impl IntoView {
    let i18n = use_i18n();
    let one = move |unit: AngleUnit| {
        let name = move || match unit {
            AngleUnit::Degrees => t_string!(i18n, delivery.calc_degrees),
            AngleUnit::Radians => t_string!(i18n, delivery.calc_radians),
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="angle-unit"
                    prop:checked=move || angle.get() == unit
                    on:change=move |_| angle.set(unit)
                />
                <span>{name}</span>
            </label>
        }
    };
    let label = move || t_string!(i18n, delivery.calc_angle);
    view! {
        <div class="row tight" role="group" aria-label=label>
            {AngleUnit::ALL.iter().copied().map(one).collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is typed once these keys are pressed.
    fn pressed(keys: &[&str]) -> String {
        let setting =
            CalcSetting { kind: CalculatorKind::Scientific, angle: AngleUnit::Degrees, memory: CalcNumber::ZERO };
        let press = |(typed, is_result): (String, bool), key: &&str| match *key {
            "=" => (as_typed(&evaluate(&typed, &setting).unwrap().to_string()), true),
            key => (after_key(&typed, is_result, key), false),
        };
        keys.iter().fold((String::new(), false), press).0
    }

    #[test]
    fn a_result_is_gone_on_with_by_a_sign_and_left_by_anything_else() {
        assert_eq!(pressed(&["3", "+", "5", "=", "2", "×", "3"]), "2×3");
        assert_eq!(pressed(&["3", "+", "5", "=", "×", "3"]), "8×3");
        assert_eq!(pressed(&["3", "+", "5", "=", "-", "3", "="]), "5");
        assert_eq!(pressed(&["3", "+", "5", "=", "(", "2"]), "(2");
        assert_eq!(pressed(&["3", "+", "5", "=", "sin", "3", "0"]), "sin(30");
        assert_eq!(pressed(&["-", "5", "=", "^", "2", "="]), "25");
        assert_eq!(pressed(&["-", "5", "=", "="]), "(-5)");
        assert_eq!(pressed(&["1", "0", "^", "1", "2", "=", "^", "2", "="]), "(1×10^24)");
        assert_eq!(pressed(&["1", "÷", "8", "="]), "0.125");
    }

    #[test]
    fn every_sign_that_goes_on_stands_on_a_key() {
        assert!(GOING_ON.iter().all(|sign| PLAIN_KEYS.contains(sign) || SCIENTIFIC_KEYS.contains(sign)));
    }
}

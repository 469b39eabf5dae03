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
            result: RwSignal::new(None),
            memory: RwSignal::new(CalcNumber::ZERO),
            angle: RwSignal::new(AngleUnit::Degrees),
        }
    }

    fn write(self, key: &str) {
        // A function is of what stands in its brackets.
        let is_function = key.len() > 1 && key.bytes().all(|letter| letter.is_ascii_lowercase());
        self.typed.update(|typed| {
            typed.push_str(key);
            if is_function {
                typed.push('(');
            }
        });
    }

    fn delete(self) {
        self.typed.update(|typed| _ = typed.pop());
    }

    fn clear(self) {
        self.typed.set(String::new());
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
            self.typed.set(number.to_string());
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
                    on:input:target=move |event| desk.typed.set(event.target().value())
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

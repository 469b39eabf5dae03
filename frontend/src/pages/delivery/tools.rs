//! What lies beside the paper: the calculator and the formula sheet. They open below the item on a phone and beside it on
//! a laptop, so that neither ever covers what is asked. They need no network, and nobody is told of their use.

mod calculator;

use self::calculator::{Calculator, Desk};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Icon, Look, Symbol, focus_on},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{calculator::CalculatorKind, papers::PackagedTools};

/// The buttons, and what they open.
#[component]
pub(in crate::pages) fn Tools(
    /// What there is.
    tools: PackagedTools,
) -> impl IntoView {
    let i18n = use_i18n();
    let PackagedTools { calculator: kind, formula_sheet_html } = tools;
    let (is_reckoning, is_reading) = (RwSignal::new(false), RwSignal::new(false));
    let has_sheet = !formula_sheet_html.is_empty();
    let sheet_html = StoredValue::new(formula_sheet_html);
    // What was reckoned stays while the calculator is closed.
    let desk = Desk::new(kind);
    let calculator = (kind != CalculatorKind::None).then(|| {
        let title = Signal::derive(move || t_string!(i18n, delivery.calculator).to_owned());
        view! {
            <Tool id="calculator" title is_open=is_reckoning>
                <Calculator desk />
            </Tool>
        }
    });
    let sheet = has_sheet.then(|| {
        let title = Signal::derive(move || t_string!(i18n, delivery.formula_sheet).to_owned());
        let label = move || t_string!(i18n, delivery.formula_sheet);
        view! {
            <Tool id="formula-sheet" title is_open=is_reading>
                <div
                    class="formula-sheet prose"
                    tabindex="0"
                    role="region"
                    aria-label=label
                    inner_html=sheet_html.get_value()
                ></div>
            </Tool>
        }
    });
    let has_any = calculator.is_some() || sheet.is_some();
    let label = move || t_string!(i18n, delivery.tools);
    has_any.then(|| view! { <section class="exam-tools stack" aria-label=label>{calculator} {sheet}</section> })
}

/// A button, and the dialog that it opens and closes. The paper stays in reach meanwhile.
#[component]
fn Tool(
    /// Names it on the page.
    id: &'static str,
    /// What it is called.
    title: Signal<String>,
    /// Whether it is open.
    is_open: RwSignal<bool>,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let children = StoredValue::new(children);
    let close = move || {
        is_open.set(false);
        focus_on(format!("#{id}-button"));
    };
    let toggle = move |_| {
        if is_open.get_untracked() {
            close();
        } else {
            is_open.set(true);
            focus_on(format!("#{id} input, #{id} [tabindex='0']"));
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
    };
    view! {
        <button
            type="button"
            class="button"
            id=format!("{id}-button")
            aria-expanded=move || is_open.get().to_string()
            on:click=toggle
        >
            {move || title.get()}
        </button>
        <Show when=move || is_open.get()>
            <div class="card stack" role="dialog" id=id aria-labelledby=format!("{id}-title") on:keydown=escape>
                <div class="row spread">
                    <h2 id=format!("{id}-title")>{move || title.get()}</h2>
                    <Button look=Look::Quiet on_press=move |()| close()>
                        <Icon symbol=Symbol::Close />
                        <span class="visually-hidden">{t!(i18n, common.close)}</span>
                    </Button>
                </div>
                {children.with_value(|children| children())}
            </div>
        </Show>
    }
}

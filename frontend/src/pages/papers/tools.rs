//! What candidates may use beside a paper: said while it is open, shown afterwards.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::{Field, Look, Select, TextArea, Toasts},
};
use leptos::prelude::*;
use shared::{
    calculator::CalculatorKind,
    ids::PaperId,
    papers::{PaperTools, PaperView},
};

/// A calculator in words.
fn calculator_name(locale: Locale, kind: CalculatorKind) -> &'static str {
    match kind {
        CalculatorKind::None => td_string!(locale, papers.tools_none),
        CalculatorKind::Basic => td_string!(locale, papers.tools_basic),
        CalculatorKind::Scientific => td_string!(locale, papers.tools_scientific),
    }
}

/// What lies beside a paper, among its facts.
#[component]
pub(super) fn ToolsFact(
    /// The tools.
    tools: PaperTools,
) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, has_sheet) = (tools.calculator, !tools.formula_sheet.is_empty());
    (!tools.is_none()).then(|| {
        view! {
            <div>
                <dt>{t!(i18n, papers.tools)}</dt>
                <dd>
                    {move || calculator_name(i18n.get_locale(), kind)}
                    {has_sheet.then(|| view! { <br /> {t!(i18n, papers.tools_has_sheet)} })}
                </dd>
            </div>
        }
    })
}

/// The form by which they are said.
#[component]
pub(super) fn ToolsForm(
    /// The paper.
    id: PaperId,
    /// What is said by now.
    tools: PaperTools,
    /// Happens when they are saved.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let calculator = RwSignal::new(chosen(tools.calculator));
    let sheet = RwSignal::new(tools.formula_sheet);
    let stated = move || PaperTools {
        calculator: CalculatorKind::parse(&calculator.get()).unwrap_or(CalculatorKind::None),
        formula_sheet: sheet.get(),
    };
    let checked = Checked::new(move || stated().checked().err().unwrap_or_default());
    let send = Callback::new(move |()| {
        let (path, body) = (format!("/papers/{id}/tools"), untrack(stated));
        let said = td_string!(i18n.get_locale_untracked(), papers.tools_saved);
        let saving = async move { client::put::<_, PaperView>(actor, &path, &body).await };
        checked.deed.run(saving, move |_| {
            toasts.done(said);
            reload.run(());
        });
    });
    let kinds = move || {
        let offered = [CalculatorKind::Basic, CalculatorKind::Scientific];
        offered.map(|kind| (kind.as_str().to_owned(), calculator_name(i18n.get_locale(), kind).to_owned())).to_vec()
    };
    view! {
        <details>
            <summary>{t!(i18n, papers.tools)}</summary>
            <CheckedForm checked look=Look::Plain verb=words(|locale| td_string!(locale, papers.tools_save)) send>
                <Field
                    id=format!("calculator-{id}")
                    label=words(|locale| td_string!(locale, papers.tools_calculator))
                    error=checked.error("/calculator")
                >
                    <Select
                        value=calculator
                        options=Signal::derive(kinds)
                        empty=words(|locale| td_string!(locale, papers.tools_none))
                    />
                </Field>
                <Field
                    id=format!("formula-sheet-{id}")
                    label=words(|locale| td_string!(locale, papers.tools_sheet))
                    hint=words(|locale| td_string!(locale, papers.tools_sheet_hint))
                    error=checked.error("/formula_sheet")
                >
                    <TextArea value=sheet />
                </Field>
            </CheckedForm>
        </details>
    }
}

/// A calculator as the form has it: none is nothing chosen.
fn chosen(kind: CalculatorKind) -> String {
    match kind {
        CalculatorKind::None => String::new(),
        kind => kind.as_str().to_owned(),
    }
}

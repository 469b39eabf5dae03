//! Prints a paper with its answer sheet, its key, or its marking scheme. Each print is noted.

use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    platform::{actor::Actor, client, deed::Deed, file},
    ui::{Button, DeedFailure, Icon, Symbol, Toasts},
};
use leptos::prelude::*;
use shared::papers::{PaperSheet, PrintPaper};

/// What is printed, in words.
fn sheet_name(locale: Locale, sheet: PaperSheet) -> &'static str {
    match sheet {
        PaperSheet::Paper => td_string!(locale, papers.print_paper),
        PaperSheet::Key => td_string!(locale, papers.print_key),
        PaperSheet::Scheme => td_string!(locale, papers.print_scheme),
    }
}

/// A button for each thing that can be printed.
#[component]
pub(super) fn Prints(
    /// The address of the paper.
    path: String,
    /// What the paper is called.
    title: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let button = move |sheet: PaperSheet| {
        let (path, title) = (format!("{path}/prints"), title.clone());
        let print = move |()| {
            let locale = i18n.get_locale_untracked();
            let name = format!("{title} {}.pdf", sheet_name(locale, sheet));
            let (path, said) = (path.clone(), td_string!(locale, papers.print_done));
            let printing = async move { client::post_for_bytes(actor, &path, &PrintPaper { sheet }).await };
            deed.run(printing, move |bytes: Vec<u8>| {
                file::save_bytes(&name, "application/pdf", &bytes);
                toasts.done(said);
            });
        };
        view! {
            <Button is_busy=deed.is_busy() on_press=print>
                <Icon symbol=Symbol::Print />
                {move || sheet_name(i18n.get_locale(), sheet)}
            </Button>
        }
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <span>{t!(i18n, papers.print)}</span>
            {PaperSheet::ALL.iter().copied().map(button).collect_view()}
        </div>
    }
}

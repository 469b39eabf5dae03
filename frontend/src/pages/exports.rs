//! Lists taken away as files for spreadsheet programs.

use crate::{
    i18n::{t_string, use_i18n},
    platform::{actor::Actor, client, clock, deed::Deed, file},
    ui::{Button, DeedFailure, Icon, Symbol},
};
use leptos::prelude::*;
use shared::time::write_date;

/// The media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Takes the list away that the page shows, narrowed down as it is at that moment, and says how far that is.
#[component]
pub(in crate::pages) fn Export(
    /// What the list is called.
    name: Signal<String>,
    /// Where the file is asked for, with the filter of the moment.
    #[prop(into)]
    path: Callback<(), String>,
    /// What the button says, where there are several.
    #[prop(optional)]
    verb: Option<Signal<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, taken) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(None::<u32>));
    let take = move |()| {
        taken.set(None);
        let path = untrack(|| path.run(()));
        let called = format!("{}_{}.xlsx", name.get_untracked(), write_date(clock::now().date_in_china()));
        deed.run(async move { client::take_list(actor, &path).await }, move |list| {
            file::save_bytes(&called, WORKBOOK, &list.bytes);
            taken.set(Some(list.rows));
        });
    };
    let said = move || match (deed.is_busy().get(), taken.get()) {
        (true, None) => t_string!(i18n, exports.busy).to_owned(),
        (_, Some(rows)) => t_string!(i18n, exports.done, rows = rows),
        (false, None) => String::new(),
    };
    let verb = move || verb.map_or_else(|| t_string!(i18n, exports.take).to_owned(), |verb| verb.get());
    view! {
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=take>
                <Icon symbol=Symbol::Download />
                {verb}
            </Button>
            <p class="muted small" role="status">{said}</p>
        </div>
        <DeedFailure deed />
    }
}

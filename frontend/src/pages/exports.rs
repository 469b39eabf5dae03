//! Lists taken away as files: for spreadsheet programs, and for other systems.

use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    platform::{actor::Actor, client, clock, deed::Deed, file},
    ui::{Button, DeedFailure, Icon, Symbol},
};
use leptos::prelude::*;
use shared::time::write_date;

/// What kind of file a list becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) enum FileKind {
    /// For a person with a spreadsheet program.
    #[default]
    Workbook,
    /// For another system: statements of the Experience API.
    Statements,
}

impl FileKind {
    /// How the names of such files end.
    const fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Statements => "json",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Statements => "application/json",
        }
    }

    /// The words on the button.
    fn verb(self, locale: Locale) -> &'static str {
        match self {
            Self::Workbook => td_string!(locale, exports.take),
            Self::Statements => td_string!(locale, exports.take_statements),
        }
    }
}

/// Takes the list away that the page shows, narrowed down as it is at that moment, and says how far that is.
#[component]
pub(in crate::pages) fn Export(
    /// What the list is called.
    name: Signal<String>,
    /// Where the file is asked for, with the filter of the moment.
    #[prop(into)]
    path: Callback<(), String>,
    /// What kind of file it becomes.
    #[prop(optional)]
    kind: FileKind,
    /// What the button says, where there are several.
    #[prop(optional)]
    verb: Option<Signal<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, taken) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(None::<u32>));
    let take = move |()| {
        taken.set(None);
        let path = untrack(|| path.run(()));
        let day = write_date(clock::now().date_in_china());
        let called = format!("{}_{day}.{}", name.get_untracked(), kind.ending());
        deed.run(async move { client::take_list(actor, &path).await }, move |list| {
            file::save_bytes(&called, kind.media_type(), &list.bytes);
            taken.set(Some(list.rows));
        });
    };
    let said = move || match (deed.is_busy().get(), taken.get()) {
        (true, None) => t_string!(i18n, exports.busy).to_owned(),
        (_, Some(rows)) => t_string!(i18n, exports.done, rows = rows),
        (false, None) => String::new(),
    };
    let verb = move || verb.map_or_else(|| kind.verb(i18n.get_locale()).to_owned(), |verb| verb.get());
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

//! The rows of a list that were not taken, and the file to correct them in.

use super::{may_anywhere, words::field_name};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::{may, words::words},
        people::{
            ask::{AskFor, AskingPlace},
            document::DocumentDraft,
            place,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        file,
    },
    ui::{Button, ButtonLink, Card, Column, ConfirmDialog, DeedFailure, Icon, Look, Paged, PagedView, Symbol, Table},
};
use leptos::prelude::*;
use shared::{
    ids::RosterBatchId,
    organisation::{DivisionCode, DivisionLevel},
    page::Page,
    rights::Right,
    roster::{BatchView, CellFault, FaultyRow, RowFault, column_letters},
};

/// The rows, if there are any.
#[component]
pub(super) fn Faults(batch: BatchView) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let (id, not_taken) = (batch.id, batch.report.faulty + batch.report.kept_elsewhere);
    let may_correct = may_anywhere(actor, Right::ImportRoster);
    provide_context(Asking::of(actor, &batch));
    (not_taken > 0).then(|| {
        view! {
            <Card title=words(|locale| td_string!(locale, roster.faults_title))>
                {may_correct.then(|| view! { <Correct id /> })}
                <FaultList id />
            </Card>
        }
    })
}

/// Who asks for those whom other places keep; nobody where the reader may not, or where no township is told.
#[derive(Clone)]
struct Asking(Option<AskingPlace>);

impl Asking {
    fn of(actor: Actor, batch: &BatchView) -> Self {
        let is_township =
            DivisionCode::parse(&batch.division).is_some_and(|code| code.level() == DivisionLevel::Township);
        let may_ask = may(actor, Right::TransferPeople, &place(&batch.division, batch.provider_id));
        let asking = AskingPlace { division: batch.division.clone(), provider_id: batch.provider_id };
        Self((is_township && may_ask).then_some(asking))
    }
}

/// The way to a list that is right: take the rows home, correct them, and bring them again.
#[component]
fn Correct(id: RosterBatchId) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed, is_asking) = (expect_context::<Actor>(), Deed::new(), RwSignal::new(false));
    let take = move |()| {
        let name = t_string!(i18n, roster.correction_name);
        let path = format!("/roster/batches/{id}/correction_file");
        let taking = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(taking, move |bytes| file::save_bytes(name, "text/csv", &bytes));
    };
    view! {
        <p>{t!(i18n, roster.correction_text)}</p>
        <DeedFailure deed />
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                <Icon symbol=Symbol::Download />
                {t!(i18n, roster.correction_do)}
            </Button>
            <ButtonLink href="/roster/lists/new">{t!(i18n, roster.upload_corrected)}</ButtonLink>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, roster.correction_ask))
            text=words(|locale| td_string!(locale, roster.correction_about))
            confirm=words(|locale| td_string!(locale, roster.correction_do))
            on_confirm=take
        />
    }
}

#[component]
fn FaultList(id: RosterBatchId) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let faulty = Paged::new(move |cursor: Option<String>| async move {
        let cursor = cursor.map(|cursor| format!("?cursor={cursor}")).unwrap_or_default();
        let page: Outcome<Page<FaultyRow>> = client::get(actor, &format!("/roster/batches/{id}/faults{cursor}")).await;
        page
    });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, roster.row))),
        Column::text(words(|locale| td_string!(locale, roster.cell))),
        Column::text(words(|locale| td_string!(locale, roster.wrong))),
        Column::text(words(|locale| td_string!(locale, roster.stands_there))),
    ]);
    let faults = Signal::derive(move || faulty.rows().get().into_iter().flat_map(flat).collect::<Vec<_>>());
    view! {
        <PagedView paged=faulty>
            <Table
                caption=words(|locale| td_string!(locale, roster.faults_table))
                columns=columns.get_value()
                rows=faults
                key=|(row, fault)| (*row, fault.field, fault.fault)
                row
            />
        </PagedView>
    }
}

fn flat(FaultyRow { row, faults }: FaultyRow) -> impl Iterator<Item = (u32, CellFault)> {
    faults.into_iter().map(move |fault| (row, fault))
}

fn row((row, fault): (u32, CellFault)) -> impl IntoView {
    let i18n = use_i18n();
    let CellFault { field, column, reason, value, fault, .. } = fault;
    let Asking(asking) = expect_context::<Asking>();
    let asking = asking.filter(|_| fault == RowFault::KeptElsewhere).map(|asking| {
        let named = td_string!(i18n.get_locale_untracked(), roster.row_number, row = row);
        let to = Signal::derive(move || Some(asking.clone()));
        view! { <AskFor named document=DocumentDraft::new() asks_document=true to /> }
    });
    let cell = move || cell_name(i18n.get_locale(), column, field_name(i18n.get_locale(), field));
    view! {
        <th scope="row" class="num">{move || t_string!(i18n, roster.row_number, row = row)}</th>
        <td>{cell}</td>
        <td>{reason}{asking}</td>
        <td class="num">{value}</td>
    }
}

/// A cell by the letter of its column, as spreadsheets say it, and by what it holds.
fn cell_name(locale: Locale, column: Option<u16>, field: &str) -> String {
    match column {
        Some(column) => td_string!(locale, roster.cell_at, column = column_letters(column), field = field.to_owned()),
        None => field.to_owned(),
    }
}

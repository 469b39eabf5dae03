//! The map of a room: who sits on which seat, as one sees it from the front.

use super::seat_plan::{Moves, Tickets};
use crate::i18n::{t, t_string, use_i18n};
use leptos::prelude::*;
use shared::{
    ids::SittingId,
    sittings::{PlannedRoom, SeatMove, form_letter, seat_position},
};
use std::collections::HashMap;

/// One seat of the map.
#[derive(Clone)]
struct Cell {
    number: u8,
    is_accessible: bool,
    /// Who sits there.
    ticket: Option<String>,
    /// Which form lies there, from 0, if that is to be told.
    form: Option<u8>,
    /// Where who was to sit there goes on, if they were moved.
    moved_to: Option<u8>,
    /// Who was moved there, and from where.
    moved_in: Option<(String, u8)>,
}

/// The seats of each row, by column.
fn cells(room: &PlannedRoom, (tickets, moves): (Tickets, Moves), has_forms: bool) -> Vec<Vec<Cell>> {
    let ticket = |id: SittingId| tickets.with_value(|tickets| tickets.get(&id).cloned().unwrap_or_default());
    let moved = |id: SittingId| moves.with_value(|moves| moves.get(&id).copied());
    let taken: HashMap<u8, String> = room.seats.iter().map(|seat| (seat.seat, ticket(seat.sitting_id))).collect();
    let of_room = room.seats.iter().filter_map(|seat| Some((moved(seat.sitting_id)?, ticket(seat.sitting_id))));
    let of_room: Vec<(SeatMove, String)> = of_room.collect();
    let forms: HashMap<u8, u8> = room.seats.iter().map(|seat| (seat.seat, seat.form)).collect();
    let layout = &room.room;
    let seats = layout.rows.saturating_mul(layout.columns);
    let number_at =
        |row: u8, column: u8| (1..=seats).find(|number| seat_position(layout.rows, *number) == (row, column));
    let cell = |number: u8| Cell {
        number,
        is_accessible: layout.accessible_seats.contains(&number),
        ticket: taken.get(&number).cloned(),
        form: forms.get(&number).copied().filter(|_| has_forms),
        moved_to: of_room.iter().find(|(seats, _)| seats.from == number).map(|(seats, _)| seats.to),
        moved_in: of_room.iter().find(|(seats, _)| seats.to == number).map(|(seats, who)| (who.clone(), seats.from)),
    };
    let of_row = |row: u8| (0..layout.columns).filter_map(|column| number_at(row, column)).map(&cell).collect();
    (0..layout.rows).map(of_row).collect()
}

/// A room with its seats.
#[component]
pub(super) fn SeatMap(
    /// The room as it was planned.
    room: PlannedRoom,
    /// The ticket numbers of the candidates.
    tickets: Tickets,
    /// Who goes on at another seat.
    moves: Moves,
    /// Whether not all sit the same form.
    has_forms: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = cells(&room, (tickets, moves), has_forms);
    let (number, held, columns) = (room.room.number, room.seats.len(), room.room.columns);
    let title = Signal::derive(move || t_string!(i18n, sittings.seat_room, number = number));
    let heads = (1..=columns).map(move |column| {
        view! { <th scope="col">{t!(i18n, sittings.seat_column, column = column)}</th> }
    });
    let row = move |(at, cells): (usize, Vec<Cell>)| {
        view! {
            <tr>
                <th scope="row">{t!(i18n, sittings.seat_row, row = at + 1)}</th>
                {cells.into_iter().map(seat).collect_view()}
            </tr>
        }
    };
    view! {
        <section class="card stack">
            <h3>{move || title.get()} " " {room.room.name}</h3>
            <p class="muted">{t!(i18n, sittings.seat_held, held = held)}</p>
            <div class="seat-map" role="region" tabindex="0" aria-label=move || title.get()>
                <table>
                    <caption class="visually-hidden">{move || title.get()}</caption>
                    <thead><tr><td></td>{heads.collect_view()}</tr></thead>
                    <tbody>{rows.into_iter().enumerate().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

fn seat(cell: Cell) -> impl IntoView {
    let i18n = use_i18n();
    let is_taken = (cell.ticket.is_some() && cell.moved_to.is_none()) || cell.moved_in.is_some();
    let left =
        cell.moved_to.map(|to| view! { " " <span class="small">{t!(i18n, sittings.seat_moved_to, to = to)}</span> });
    let came = cell.moved_in.map(|(ticket, from)| {
        view! {
            " " <span class="num small ticket-number">{ticket}</span> " "
            <span class="small">{t!(i18n, sittings.seat_moved_from, from = from)}</span>
        }
    });
    let accessible =
        cell.is_accessible.then(|| view! { <span class="small">{t!(i18n, sittings.seat_accessible)}</span> });
    let form = cell.form.map(|form| {
        let letter = form_letter(form).to_string();
        view! { <span class="small">{t!(i18n, sittings.seat_form, form = letter)}</span> " " }
    });
    view! {
        <td class:taken=is_taken>
            <b class="num">{cell.number}</b> " " {accessible} {form}
            <span class="num small ticket-number">{cell.ticket}</span>
            {left}
            {came}
        </td>
    }
}

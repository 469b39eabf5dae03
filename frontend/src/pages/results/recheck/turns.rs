//! What the reader does about a recheck: only what is their turn, as the server says.

use super::JudgementTag;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        marking::parse_points,
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm, GroupError},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
    },
    ui::{Button, Card, Column, ConfirmDialog, DeedFailure, Look, Notice, Table, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    ids::{ItemId, ScoreRecheckId},
    people::check_reason,
    problem::FieldError,
    results::{
        ItemCorrection, RecheckState, RecheckStep, RecheckView, RecheckedItem, SettleRecheck, check_corrections,
    },
};
use std::collections::BTreeMap;

/// What is typed as the points of items, by item; empty where they are right.
type Typed = RwSignal<BTreeMap<ItemId, String>>;

/// The items with what is found of them, or what another found to be confirmed.
#[component]
pub(super) fn Turns(
    /// The recheck.
    recheck: RecheckView,
    /// Fetches it again.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, state) = (recheck.head.id, recheck.head.state);
    let may = |step: RecheckStep| recheck.open_steps.contains(&step);
    let (may_settle, may_confirm, may_return) =
        (may(RecheckStep::Keep), may(RecheckStep::Confirm), may(RecheckStep::Return));
    let is_others = state == RecheckState::Proposed && !may_confirm;
    let items = recheck.items;
    view! {
        {is_others.then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, results.recheck_second)}</Notice> })}
        {may_settle.then(|| view! { <Settle id items=items.clone() again /> })}
        {may_confirm.then(|| view! { <Confirm id again /> })}
        {may_return.then(|| view! { <GiveBack id again /> })}
        {(!may_settle).then(|| view! { <Items items=items.clone() typed=None /> })}
    }
}

/// What comes after a step: it is said, and the page is drawn anew.
fn done(toasts: Toasts, said: &'static str, again: Callback<()>) {
    toasts.done(said);
    // The form goes away, and the focus must not go with it.
    focus_on("h1");
    again.run(());
}

/// The corrections that are typed; nothing of what is no number.
fn typed_corrections(typed: &BTreeMap<ItemId, String>) -> Option<Vec<ItemCorrection>> {
    let filled = typed.iter().filter(|(_, text)| !text.trim().is_empty());
    filled.map(|(item_id, text)| Some(ItemCorrection { item_id: *item_id, points: parse_points(text)? })).collect()
}

/// Says what was found.
#[component]
fn Settle(id: ScoreRecheckId, items: Vec<RecheckedItem>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (typed, reason): (Typed, _) = (RwSignal::new(BTreeMap::new()), RwSignal::new(String::new()));
    let key = StoredValue::new(idempotency_key());
    let known = StoredValue::new(items.clone());
    let checked = Checked::new(move || {
        let wrong = match typed.with(typed_corrections) {
            Some(corrections) => known.with_value(|items| !check_corrections(items, &corrections).is_empty()),
            None => true,
        };
        let wrong = wrong.then(|| FieldError::new("/corrections", "out-of-range"));
        wrong.into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let send = Callback::new(move |()| {
        let corrections = typed.with_untracked(typed_corrections).unwrap_or_default();
        let (path, body) =
            (format!("/rechecks/{id}/settle"), SettleRecheck { corrections, reason: reason.get_untracked() });
        let settling = async move { client::create(actor, &path, &key.get_value(), &body).await };
        checked.deed.run(settling, move |_: RecheckView| done(toasts, t_string!(i18n, results.recheck_settled), again));
    });
    view! {
        <Card title=words(|locale| td_string!(locale, results.recheck_settle))>
            <p>{t!(i18n, results.recheck_settle_about)}</p>
            <CheckedForm checked verb=words(|locale| td_string!(locale, results.recheck_save)) send>
                <Items items typed=Some(typed) />
                <GroupError text=checked.error("/corrections") />
                <ReasonField value=reason checked />
            </CheckedForm>
        </Card>
    }
}

/// An item, with what is typed as its points where they can be.
#[derive(Clone)]
struct Line {
    item: RecheckedItem,
    typed: Option<Typed>,
}

/// Each item in a row, with a field for its points where they can be typed.
#[component]
fn Items(items: Vec<RecheckedItem>, typed: Option<Typed>) -> impl IntoView {
    let mut columns = vec![
        Column::text(words(|locale| td_string!(locale, results.recheck_number))),
        Column::number(words(|locale| td_string!(locale, results.score))),
        Column::number(words(|locale| td_string!(locale, results.recheck_by_rule))),
        Column::text(words(|locale| td_string!(locale, results.recheck_judgement))),
    ];
    if typed.is_some() {
        columns.push(Column::number(words(|locale| td_string!(locale, results.recheck_new))));
    }
    let lines: Vec<Line> = items.into_iter().map(|item| Line { item, typed }).collect();
    view! {
        <Table
            caption=words(|locale| td_string!(locale, results.recheck_items))
            columns
            rows=Signal::stored(lines)
            key=|line| line.item.item_id
            row
        />
    }
}

/// The cells of an item.
fn row(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    let Line { item, typed } = line;
    let (id, number) = (item.item_id, item.number);
    let points = format!("{} / {}", item.points, item.max_points);
    let by_rule = item.by_rule.map_or_else(|| "–".to_owned(), |points| points.to_string());
    let label = move || t_string!(i18n, results.recheck_new_of, number = number);
    let field = move |typed: Typed| {
        view! {
            <td class="n">
                <input
                    class="points num"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-label=label
                    on:input:target=move |event| typed.update(|typed| _ = typed.insert(id, event.target().value()))
                />
            </td>
        }
    };
    view! {
        <th scope="row" class="num">{number}</th>
        <td class="n">{points}</td>
        <td class="n">{by_rule}</td>
        <td><JudgementTag item /></td>
        {typed.map(field)}
    }
}

/// Confirms what another found.
#[component]
fn Confirm(id: ScoreRecheckId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, is_asking, key) = (Deed::new(), RwSignal::new(false), StoredValue::new(idempotency_key()));
    let confirm = move |()| {
        let path = format!("/rechecks/{id}/confirm");
        let confirming = async move { client::create(actor, &path, &key.get_value(), &serde_json::json!({})).await };
        deed.run(confirming, move |_: RecheckView| done(toasts, t_string!(i18n, results.recheck_confirmed), again));
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, results.recheck_confirm)}
            </Button>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, results.recheck_confirm_title))
            text=words(|locale| td_string!(locale, results.recheck_confirm_about))
            confirm=words(|locale| td_string!(locale, results.recheck_confirm))
            on_confirm=confirm
        />
    }
}

/// Has it looked at once more.
#[component]
fn GiveBack(id: ScoreRecheckId, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let key = StoredValue::new(idempotency_key());
    let give_back = move |()| {
        let path = format!("/rechecks/{id}/return");
        let giving = async move { client::create(actor, &path, &key.get_value(), &serde_json::json!({})).await };
        deed.run(giving, move |_: RecheckView| done(toasts, t_string!(i18n, results.recheck_returned), again));
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=give_back>{t!(i18n, results.recheck_return)}</Button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::points::Points;

    #[test]
    fn only_what_is_typed_is_corrected_and_what_is_no_number_is_not_sent() {
        let [one, other] = [1, 2].map(|n| ItemId(uuid::Uuid::from_u128(n)));
        let typed = |text: &str| BTreeMap::from([(one, " ".to_owned()), (other, text.to_owned())]);
        let expected = vec![ItemCorrection { item_id: other, points: Points(250) }];
        assert_eq!(typed_corrections(&typed("2.5")), Some(expected));
        assert_eq!(typed_corrections(&typed("")), Some(Vec::new()));
        assert_eq!(typed_corrections(&typed("two")), None);
    }
}

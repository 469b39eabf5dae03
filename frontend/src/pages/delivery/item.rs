//! One item: what is asked, the answer, and whether it is saved.

use super::{driver::ItemMark, paper::PaperItem, player::Exam};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    items::{ItemStem, ResponseInput},
    ui::{Button, Icon, Look, Symbol, Tag, Tone},
};
use leptos::{html::H2, prelude::*};
use shared::{item_bank::Response, papers::PaperSection};

/// Shows the item at a place.
#[component]
pub(super) fn Item(
    /// The sitting.
    exam: Exam,
    /// The place, from 0.
    place: usize,
    /// Whether the candidate has just come here from another item.
    takes_focus: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let driver = exam.driver();
    let count = driver.items().len();
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| takes_focus) {
            // After a dialog that has just closed gave the focus back.
            request_animation_frame(move || drop(heading.focus()));
        }
    });
    let item = driver.items().get(place).cloned();
    item.map(|item| {
        let (item_id, id, points) = (item.id, format!("item-{}", place + 1), item.points.to_string());
        let response = Memo::new(move |_| exam.driver().response(item_id));
        let answer = move |response: Response| exam.driver().answer(item_id, response);
        let is_closed = Memo::new(move |_| exam.driver().is_closed(item_id));
        view! {
            <div class="row spread">
                <h2 class="item-number" tabindex="-1" node_ref=heading>
                    {t!(i18n, delivery.item_of, number = place + 1, count = count)}
                </h2>
                <span class="row tight">
                    <span class="muted small">{t!(i18n, delivery.points, points = points)}</span>
                    <SavedTag mark=Signal::derive(move || exam.driver().mark(item_id)) />
                </span>
            </div>
            <AskedItem
                item
                id
                response
                on_change=answer
                disabled=Signal::derive(move || !exam.is_working() || is_closed.get())
            />
            <Moves exam place count />
        }
    })
}

/// What is asked, with the part that it stands in, and the way to answer: the same for a candidate and for who tries the
/// paper.
#[component]
pub(in crate::pages) fn AskedItem(
    /// The item.
    item: PaperItem,
    /// Names it on its page.
    id: String,
    /// The answer in force.
    #[prop(into)]
    response: Signal<Option<Response>>,
    /// Takes a new answer.
    #[prop(into)]
    on_change: Callback<Response>,
    /// Whether it can no longer be changed.
    #[prop(into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let PaperItem { view: asked, order, part_orders, section, .. } = item;
    let stem = asked.stem_html.clone();
    view! {
        {section.map(|(number, section)| view! { <Part number section /> })}
        <ItemStem id=id.clone() html=stem />
        <ResponseInput
            item=asked
            id=id
            order=order
            part_orders=part_orders
            response=response
            on_change=on_change
            disabled=disabled
        />
    }
}

/// The part that the item stands in, and what is said of it.
#[component]
fn Part(number: usize, section: PaperSection) -> impl IntoView {
    let i18n = use_i18n();
    let PaperSection { title, instructions, minutes, .. } = section;
    view! {
        <div class="paper-part">
            <p><b>{t!(i18n, delivery.part, number = number, title = title)}</b></p>
            {minutes.map(|minutes| view! {
                <p class="muted small">{t!(i18n, delivery.part_minutes, minutes = minutes)}</p>
            })}
            {(!instructions.is_empty()).then(|| view! { <p class="instructions">{instructions}</p> })}
        </div>
    }
}

/// Back, flag, on.
#[component]
fn Moves(exam: Exam, place: usize, count: usize) -> impl IntoView {
    let i18n = use_i18n();
    let item_id = exam.driver().items().get(place).map(|item| item.id);
    let is_flagged = Memo::new(move |_| item_id.is_some_and(|id| exam.driver().player(|player| player.is_flagged(id))));
    let before = place.checked_sub(1).and_then(|place| exam.driver().items().get(place).map(|item| item.id));
    let has_way_back = Memo::new(move |_| before.is_some_and(|id| !exam.driver().is_closed(id)));
    let flag = move |_| {
        if let Some(item_id) = item_id {
            exam.driver().toggle_flag(item_id);
        }
    };
    view! {
        <div class="moves">
            <Show when=move || has_way_back.get() fallback=|| view! { <span></span> }>
                <Button on_press=move |()| exam.driver().go_to(place.saturating_sub(1))>
                    {t!(i18n, delivery.previous)}
                </Button>
            </Show>
            <button
                type="button"
                class="button flag"
                aria-pressed=move || is_flagged.get().to_string()
                on:click=flag
            >
                <Icon symbol=Symbol::Flag />
                {t!(i18n, delivery.flag)}
            </button>
            {if place + 1 < count {
                view! {
                    <Button look=Look::Primary on_press=move |()| exam.driver().go_to(place + 1)>
                        {t!(i18n, delivery.next)}
                    </Button>
                }
                .into_any()
            } else {
                view! { <span></span> }.into_any()
            }}
        </div>
    }
}

/// Whether the answer is saved, and where.
#[component]
fn SavedTag(mark: Signal<ItemMark>) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Memo::new(move |_| mark.get());
    move || match mark.get() {
        ItemMark::Unanswered => view! { <Tag>{t!(i18n, delivery.mark_unanswered)}</Tag> }.into_any(),
        ItemMark::Saving => view! { <Tag tone=Tone::Wait>{t!(i18n, delivery.mark_saving)}</Tag> }.into_any(),
        ItemMark::OnDevice => view! { <Tag tone=Tone::Wait>{t!(i18n, delivery.mark_on_device)}</Tag> }.into_any(),
        ItemMark::Saved => view! { <Tag tone=Tone::Ok>{t!(i18n, delivery.mark_saved)}</Tag> }.into_any(),
    }
}

/// The same in words alone.
pub(super) fn mark_name(locale: Locale, mark: ItemMark) -> &'static str {
    match mark {
        ItemMark::Unanswered => td_string!(locale, delivery.mark_unanswered),
        ItemMark::Saving => td_string!(locale, delivery.mark_saving),
        ItemMark::OnDevice => td_string!(locale, delivery.mark_on_device),
        ItemMark::Saved => td_string!(locale, delivery.mark_saved),
    }
}

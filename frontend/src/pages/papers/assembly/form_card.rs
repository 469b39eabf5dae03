//! One form: its figures, in what it is other than the blueprint, and its items.

use super::{Drawn, exchange::Exchange, form_name};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        item_bank::{kind::kind_name, title::shown_title},
        organisation::words::words,
        papers::{thousandths::share_text, words::difference_text},
    },
    ui::{Button, Card, Dialog, Tag, Tone},
};
use leptos::prelude::*;
use shared::papers::{Blueprint, Difference, Form, FormItem, differences};

/// The card.
#[component]
pub(super) fn FormCard(drawn: Drawn, at: usize) -> impl IntoView {
    let i18n = use_i18n();
    let name =
        Signal::derive(move || drawn.blueprint.with_value(|blueprint| form_name(i18n.get_locale(), at, blueprint)));
    let form = Memo::new(move |_| drawn.forms.with(|forms| forms.get(at).cloned().unwrap_or_default()));
    let (is_open, chosen) = (RwSignal::new(false), RwSignal::new(None::<FormItem>));
    let exchange = Callback::new(move |item: FormItem| {
        chosen.set(Some(item));
        is_open.set(true);
    });
    let items = move || {
        let Form { items, trials } = form.get();
        items.into_iter().chain(trials).map(|item| view! { <Item drawn item exchange /> }).collect_view()
    };
    view! {
        <Card title=name>
            <Name drawn at name />
            <Figures drawn at form />
            <Differences drawn form />
            <ol class="choices-list">{items}</ol>
        </Card>
        <Dialog is_open title=words(|locale| td_string!(locale, papers.exchange_title))>
            {move || chosen.get().map(|item| view! { <Exchange drawn at item is_open /> })}
        </Dialog>
    }
}

/// The title of the paper that the form becomes.
#[component]
fn Name(drawn: Drawn, at: usize, name: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let title = drawn.names.with_value(|names| names.get(at).copied());
    let label = move || format!("{} {}", name.get(), t_string!(i18n, papers.form_title));
    title.map(|title| {
        view! {
            <input
                class="points wide"
                type="text"
                autocomplete="off"
                aria-label=label
                aria-invalid=move || title.with(|title| title.trim().is_empty()).then_some("true")
                prop:value=title
                on:change:target=move |event| title.set(event.target().value())
            />
        }
    })
}

#[component]
fn Figures(drawn: Drawn, at: usize, form: Memo<Form>) -> impl IntoView {
    let i18n = use_i18n();
    let shared = move || {
        let forms = drawn.forms.get();
        let others = forms.iter().enumerate().filter(|(other, _)| *other != at);
        let shared =
            |blueprint: &Blueprint| form.with(|form| others.map(|(_, other)| form.shared_with(other, blueprint)).max());
        drawn.blueprint.with_value(shared).unwrap_or_default()
    };
    view! {
        <dl class="facts">
            <div>
                <dt>{t!(i18n, papers.items)}</dt>
                <dd class="num">{move || form.with(|form| form.items.len())}</dd>
            </div>
            <div>
                <dt>{t!(i18n, papers.points)}</dt>
                <dd class="num">{move || form.with(|form| form.points().to_string())}</dd>
            </div>
            <div>
                <dt>{t!(i18n, papers.mean_difficulty)}</dt>
                <dd class="num">{move || form.with(|form| share_text(form.difficulty()))}</dd>
            </div>
            <div><dt>{t!(i18n, papers.shared_items)}</dt><dd class="num">{shared}</dd></div>
            <Show when=move || form.with(|form| !form.trials.is_empty())>
                <div>
                    <dt>{t!(i18n, papers.trials_beside)}</dt>
                    <dd class="num">{move || form.with(|form| form.trials.len())}</dd>
                </div>
            </Show>
        </dl>
    }
}

/// In what the form is other, as it is changed.
#[component]
fn Differences(drawn: Drawn, form: Memo<Form>) -> impl IntoView {
    let i18n = use_i18n();
    let found = move || drawn.blueprint.with_value(|blueprint| form.with(|form| differences(blueprint, form)));
    let line = move |found: Difference| view! { <li>{difference_text(i18n.get_locale(), &found)}</li> };
    view! {
        <h3>{t!(i18n, papers.differences)}</h3>
        <div role="status">
            {move || {
                let found = found();
                if found.is_empty() {
                    view! { <p>{t!(i18n, papers.no_differences)}</p> }.into_any()
                } else {
                    view! { <ul>{found.into_iter().map(line).collect_view()}</ul> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Item(drawn: Drawn, item: FormItem, exchange: Callback<FormItem>) -> impl IntoView {
    let i18n = use_i18n();
    let title = drawn.title(item.item.item_id);
    let (kind, named, is_trial) = (item.item.cell.kind, title.clone(), item.item.is_trial);
    let facts = format!("{} · {}", item.item.cell.module, share_text(i32::from(item.item.difficulty)));
    view! {
        <li class="row spread">
            <span>
                <b>{move || kind_name(i18n.get_locale(), kind)}</b> " "
                {move || shown_title(i18n.get_locale(), &title)} " "
                <span class="muted small num">{facts}</span>
                {is_trial.then(|| view! { " " <Tag tone=Tone::Wait>{t!(i18n, papers.on_trial)}</Tag> })}
            </span>
            <Button on_press=move |()| exchange.run(item.clone())>
                {t!(i18n, papers.exchange)}
                <span class="visually-hidden">" " {move || shown_title(i18n.get_locale(), &named)}</span>
            </Button>
        </li>
    }
}

//! Whether everything has reached the server.

use super::{Around, Link};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Icon, Symbol, Tag, Tone},
};
use leptos::prelude::*;

/// The line under the heading: what waits, and what the reader need not fear.
#[component]
pub(super) fn Standing() -> impl IntoView {
    let i18n = use_i18n();
    let Around { shown, round, .. } = expect_context::<Around>();
    let count = Memo::new(move |_| shown.waiting.with(Vec::len));
    let says = move || match (shown.link.get(), count.get()) {
        (Link::NoStore, _) => t_string!(i18n, roster.sync_no_store),
        (Link::Away, _) => t_string!(i18n, roster.sync_away),
        (Link::Trouble, _) => t_string!(i18n, roster.sync_trouble),
        (Link::Unknown, _) => t_string!(i18n, roster.sync_asking),
        (Link::There, 0) if shown.has_app.get() => t_string!(i18n, roster.sync_ready),
        (Link::There, _) => t_string!(i18n, roster.sync_there),
    };
    view! {
        <section class="card row spread standing" aria-label=move || t_string!(i18n, roster.sync)>
            <div class="row">
                {move || match (count.get(), shown.link.get()) {
                    (0, Link::There) => view! {
                        <Tag tone=Tone::Ok><Icon symbol=Symbol::Check />{t!(i18n, roster.synced)}</Tag>
                    }.into_any(),
                    (0, Link::Away) => view! {
                        <Tag><Icon symbol=Symbol::Offline />{t!(i18n, roster.offline)}</Tag>
                    }.into_any(),
                    (0, _) => ().into_any(),
                    (count, _) => view! {
                        <Tag tone=Tone::Wait>
                            <Icon symbol=Symbol::Clock />
                            {t!(i18n, roster.waiting, count = count)}
                        </Tag>
                    }.into_any(),
                }}
                <p class="small" role="status">{says}</p>
            </div>
            <Button is_busy=shown.is_busy on_press=move |()| round.with_value(|round| round.ask())>
                {t!(i18n, roster.sync_do)}
            </Button>
        </section>
    }
}

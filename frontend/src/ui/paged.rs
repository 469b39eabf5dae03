//! A list that comes page by page.

use super::{Button, EmptyState, FailureNotice};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::client::{ApiError, Outcome},
};
use futures::{FutureExt, future::LocalBoxFuture};
use leptos::{prelude::*, task::spawn_local};
use shared::page::Page;

type Fetch<T> = Box<dyn Fn(Option<String>) -> LocalBoxFuture<'static, Outcome<Page<T>>>>;

/// The rows that came so far, and the way to more. A page makes one and hands it to [`PagedView`].
pub struct Paged<T: 'static> {
    rows: RwSignal<Vec<T>>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<ApiError>>,
    is_busy: RwSignal<bool>,
    /// Counts the reloads: what an older one still brings is dropped.
    round: StoredValue<u32>,
    fetch: StoredValue<Fetch<T>, LocalStorage>,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Paged<T> {}

impl<T: Clone + Send + Sync> Paged<T> {
    /// Asks `fetch` for the first page at once, and later for the page at a cursor.
    pub fn new<F: Future<Output = Outcome<Page<T>>> + 'static>(fetch: impl Fn(Option<String>) -> F + 'static) -> Self {
        let fetch: Fetch<T> = Box::new(move |cursor| fetch(cursor).boxed_local());
        let paged = Self {
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            round: StoredValue::new(0),
            fetch: StoredValue::new_local(fetch),
        };
        paged.reload();
        paged
    }

    /// Begins anew at the first page: after a command, or when a filter changed.
    pub fn reload(self) {
        self.round.update_value(|round| *round += 1);
        self.ask(None);
    }

    /// Fetches the next page, if there is one.
    pub fn more(self) {
        if let Some(cursor) = self.next.get_untracked().filter(|_| !self.is_busy.get_untracked()) {
            self.ask(Some(cursor));
        }
    }

    /// The rows that came so far.
    pub fn rows(self) -> Signal<Vec<T>> {
        self.rows.into()
    }

    /// Whether there are more than the rows that came so far.
    pub fn has_more(self) -> Signal<bool> {
        let next = self.next;
        Signal::derive(move || next.with(Option::is_some))
    }

    /// Changes the rows that came so far, after a command that says what has become of one.
    pub fn amend(self, change: impl FnOnce(&mut Vec<T>)) {
        // The page may be gone.
        let _: Option<()> = self.rows.try_update(change);
    }

    fn ask(self, cursor: Option<String>) {
        let round = self.round.get_value();
        let is_first = cursor.is_none();
        let answer = self.fetch.with_value(|fetch| fetch(cursor));
        self.is_busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let outcome = answer.await;
            // The page may be gone, or may have asked for something else since.
            if self.round.try_get_value() != Some(round) {
                return;
            }
            match outcome {
                Ok(page) if is_first => {
                    self.rows.set(page.items);
                    self.next.set(page.next_cursor);
                }
                Ok(page) => {
                    self.rows.update(|rows| rows.extend(page.items));
                    self.next.set(page.next_cursor);
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
            self.is_busy.set(false);
        });
    }
}

/// Draws a [`Paged`] list: loading, empty, error with another try, rows, and a button for more.
#[component]
pub fn PagedView<T>(
    /// The list.
    paged: Paged<T>,
    /// What to say when it is empty; a general sentence if it is missing.
    #[prop(into, optional)]
    empty: Option<Signal<String>>,
    /// Draws the rows; usually a [`super::Table`] of `paged.rows()`.
    children: ChildrenFn,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let i18n = use_i18n();
    let nothing = empty.unwrap_or_else(|| Signal::derive(move || t_string!(i18n, common.empty).to_owned()));
    let has_rows = Memo::new(move |_| paged.rows.with(|rows| !rows.is_empty()));
    let has_more = move || paged.next.with(Option::is_some);
    let retry = move |()| if has_rows.get_untracked() { paged.more() } else { paged.reload() };
    let children = StoredValue::new(children);
    view! {
        <Show when=move || has_rows.get()>{children.with_value(|children| children())}</Show>
        <Show when=move || !has_rows.get() && paged.is_busy.get()>
            <p class="loading" role="status">{t!(i18n, common.loading)}</p>
        </Show>
        <Show when=move || !has_rows.get() && !paged.is_busy.get() && paged.failure.with(Option::is_none)>
            <EmptyState text=nothing />
        </Show>
        {move || paged.failure.get().map(|failure| view! {
            <FailureNotice failure />
            <Button on_press=retry>{t!(i18n, common.retry)}</Button>
        })}
        <Show when=move || has_rows.get() && has_more() && paged.failure.with(Option::is_none)>
            <Button is_busy=paged.is_busy on_press=move |()| paged.more()>{t!(i18n, common.more)}</Button>
        </Show>
    }
}

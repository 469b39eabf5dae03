//! Parts of the app: what one kind of person needs comes at once, and only then.
//!
//! Few large parts instead of one for each page: what two parts share becomes a file for each set of
//! parts that share it, and a part that is there opens all its pages without a network. In no part is what everybody
//! needs first: the log-in, and the frames of pages.
//!
//! | part | whose |
//! |---|---|
//! | `home` | a learner's first page |
//! | `study` | a learner's own beside it |
//! | `exam` | a candidate's: her tests, and the player |
//! | `desk` | staff's first page |
//! | `school` | of who finds, enrols and teaches: the places, the people |
//! | `office` | of who writes, tests, marks and certifies |
//! | `rights` | of who keeps accounts and rights, and of who reads the log |
//! | `public` | a stranger's |

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Look, PageHeading},
};
use futures::{FutureExt, future::LocalBoxFuture};
use leptos::{prelude::*, task::spawn_local, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;

/// What comes of a part, unless it does not come: the network broke off, or a newer app has taken its place.
pub(crate) type OfPart<T> = Result<T, SplitLoaderError>;

/// A page of a part. One type for all of them: what the router does with a page is compiled once, not once a page.
#[derive(Clone, Copy)]
pub(crate) struct LazyPage {
    /// Shows it, as soon as its part is there.
    pub(crate) show: fn() -> LocalBoxFuture<'static, OfPart<AnyView>>,
    /// Fetches its part.
    pub(crate) fetch: fn() -> LocalBoxFuture<'static, OfPart<()>>,
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        let _fetched = PartsUnderWay::one_more();
        match (self.show)().await {
            Ok(page) => page,
            Err(_) => view! { <LostPart page=self /> }.into_any(),
        }
    }

    async fn preload(&self) {
        let _fetched = PartsUnderWay::one_more();
        // A part that did not come is asked for once more when its page is to be shown.
        _ = (self.fetch)().await;
    }
}

/// How many parts are being fetched. The router could tell when it is under way, but then shows no page before all that
/// it asks the server for is there.
#[derive(Clone, Copy)]
pub(crate) struct PartsUnderWay(RwSignal<u32>);

impl PartsUnderWay {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Whether there are any.
    pub(crate) fn any(self) -> bool {
        self.0.get() > 0
    }

    /// One more, until what this gives is dropped.
    fn one_more() -> Option<FetchedPart> {
        let Self(count) = use_context::<Self>()?;
        count.update(|count| *count += 1);
        Some(FetchedPart(count))
    }
}

/// Something that is being fetched, and no longer when this is dropped.
struct FetchedPart(RwSignal<u32>);

impl Drop for FetchedPart {
    fn drop(&mut self) {
        self.0.update(|count| *count = count.saturating_sub(1));
    }
}

/// Stands in the place of a page whose part did not come, until it does.
#[component]
fn LostPart(
    /// The page.
    page: LazyPage,
) -> impl IntoView {
    let i18n = use_i18n();
    let (is_there, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let try_again = move |()| {
        is_busy.set(true);
        spawn_local(async move {
            match (page.fetch)().await {
                Ok(()) => _ = is_there.try_set(true),
                // There is a network, and still the part does not come: it went with its app, and a newer one is there.
                Err(_) if window().navigator().on_line() => _ = window().location().reload(),
                Err(_) => {}
            }
            is_busy.try_set(false);
        });
    };
    move || {
        if is_there.get()
            && let Some(Ok(page)) = (page.show)().now_or_never()
        {
            return page;
        }
        view! {
            <main class="page narrow stack">
                <PageHeading text=Signal::derive(move || t_string!(i18n, common.lost_part_title).to_owned()) />
                <p class="notice stop" role="alert">{t!(i18n, common.lost_part_text)}</p>
                <Button look=Look::Primary is_busy on_press=try_again>{t!(i18n, common.retry)}</Button>
            </main>
        }
        .into_any()
    }
}

/// Declares a page that belongs to a part: `Page = Component in part;`.
macro_rules! lazy_page {
    ($(#[$doc:meta])* $page:ident = $component:ident in $part:ident;) => {
        $(#[$doc])*
        #[expect(non_upper_case_globals, reason = "it stands where a component would")]
        #[expect(non_snake_case, reason = "a function named as its page: the parts tell their functions apart by name")]
        pub(crate) const $page: $crate::lazy::LazyPage = {
            #[leptos::wasm_split::wasm_split(
                $part,
                wasm_split_path = leptos::wasm_split,
                preload(#[doc(hidden)] fetch_part),
                fallible
            )]
            fn $page() -> $crate::lazy::OfPart<leptos::prelude::AnyView> {
                use leptos::prelude::IntoAny;
                Ok(leptos::view! { <$component /> }.into_any())
            }

            $crate::lazy::LazyPage {
                show: || $crate::lazy::boxed($page()),
                fetch: || $crate::lazy::boxed(fetch_part()),
            }
        };
    };
}
pub(crate) use lazy_page;

/// A future behind a pointer.
pub(crate) fn boxed<T>(future: impl Future<Output = T> + 'static) -> LocalBoxFuture<'static, T> {
    future.boxed_local()
}

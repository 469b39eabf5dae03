//! Parts of the app: what one kind of person needs comes at once, and only then.
//!
//! Few large parts instead of one for each page: what two parts share becomes a file for each set of
//! parts that share it, and a part that is there opens all its pages without a network.
//!
//! | part | whose |
//! |---|---|
//! | `study` | a learner's own |
//! | `exam` | a candidate's: her tests, and the player |
//! | `desk` | staff's first page |
//! | `school` | of who finds, enrols and teaches: the places, the people |
//! | `office` | of who writes, tests, marks and certifies |
//! | `rights` | of who keeps accounts and rights, and of who reads the log |
//! | `public` | a stranger's |

use futures::{FutureExt, future::LocalBoxFuture};
use leptos::prelude::AnyView;
use leptos_router::ChooseView;

/// A page of a part. One type for all of them: what the router does with a page is compiled once, not once a page.
#[derive(Clone, Copy)]
pub(crate) struct LazyPage {
    /// Shows it, as soon as its part is there.
    pub(crate) show: fn() -> LocalBoxFuture<'static, AnyView>,
    /// Fetches its part.
    pub(crate) fetch: fn() -> LocalBoxFuture<'static, ()>,
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        (self.show)().await
    }

    async fn preload(&self) {
        (self.fetch)().await;
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
                preload(#[doc(hidden)] fetch_part)
            )]
            fn $page() -> leptos::prelude::AnyView {
                use leptos::prelude::IntoAny;
                leptos::view! { <$component /> }.into_any()
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

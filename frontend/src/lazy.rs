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

/// Declares a page that belongs to a part: `Page = Component in part;`.
macro_rules! lazy_page {
    ($(#[$doc:meta])* $page:ident = $component:ident in $part:ident;) => {
        $(#[$doc])*
        pub(crate) struct $page;

        #[expect(non_snake_case, reason = "a function named as its page: the parts tell their functions apart by name")]
        const _: () = {
            #[leptos::wasm_split::wasm_split(
                $part,
                wasm_split_path = leptos::wasm_split,
                preload(#[doc(hidden)] fetch_part)
            )]
            fn $page() -> leptos::prelude::AnyView {
                use leptos::prelude::IntoAny;
                leptos::view! { <$component /> }.into_any()
            }

            impl leptos_router::LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> leptos::prelude::AnyView {
                    $page().await
                }

                async fn preload() {
                    fetch_part().await;
                }
            }
        };
    };
}
pub(crate) use lazy_page;

//! Rows of a list are drawn to other places by a finger or a mouse. Who uses a keyboard has buttons for it.

use leptos::{ev::PointerEvent, prelude::*, wasm_bindgen::JsCast};

/// What is drawn over a list: its rows are named by `data-part`.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    dragged: RwSignal<Option<String>>,
    /// Over which row it is now, of whatever list.
    over: RwSignal<Option<String>>,
}

impl Drag {
    /// Nothing is drawn.
    pub(super) fn new() -> Self {
        Self { dragged: RwSignal::new(None), over: RwSignal::new(None) }
    }

    /// Whether what is drawn would go to where this row is.
    pub(super) fn is_target(self, row: &str) -> bool {
        let is_other = self.dragged.with(|dragged| dragged.as_deref().is_some_and(|dragged| dragged != row));
        is_other && self.over.with(|over| over.as_deref() == Some(row))
    }

    /// Ends it; over which other row it was.
    fn let_go(self) -> Option<String> {
        let (dragged, over) = (self.dragged.get_untracked(), self.over.get_untracked());
        self.dragged.set(None);
        self.over.set(None);
        over.filter(|over| dragged.as_ref().is_some_and(|dragged| dragged != over))
    }
}

/// The row at a point of the window.
fn row_at(x: i32, y: i32) -> Option<String> {
    let element = document().element_from_point(x as f32, y as f32)?;
    element.closest("[data-part]").ok().flatten()?.get_attribute("data-part")
}

/// What a row is drawn by.
#[component]
pub(super) fn Grip(
    /// The name of the row.
    row: String,
    /// What is drawn over its list.
    drag: Drag,
    /// Moves it to where another row is, which may be of another list.
    #[prop(into)]
    on_drop: Callback<String>,
) -> impl IntoView {
    let grab = move |event: PointerEvent| {
        event.prevent_default();
        let grip = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(grip) = grip {
            drop(grip.set_pointer_capture(event.pointer_id()));
        }
        drag.dragged.set(Some(row.clone()));
    };
    let follow = move |event: PointerEvent| {
        if drag.dragged.with_untracked(Option::is_some) {
            drag.over.set(row_at(event.client_x(), event.client_y()));
        }
    };
    let put = move |_| {
        if let Some(over) = drag.let_go() {
            on_drop.run(over);
        }
    };
    view! {
        <span
            class="grip"
            aria-hidden="true"
            on:pointerdown=grab
            on:pointermove=follow
            on:pointerup=put
            on:pointercancel=move |_| drop(drag.let_go())
        >
            "⠿"
        </span>
    }
}

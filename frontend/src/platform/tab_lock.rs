//! One page at a time: a lock that all tabs of the browser share (Web Locks).

use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use std::{cell::RefCell, rc::Rc};

/// Holds the lock until it is dropped, or until the tab is gone.
pub struct TabLock {
    give_back: Option<Function>,
}

impl Drop for TabLock {
    fn drop(&mut self) {
        if let Some(give_back) = &self.give_back {
            drop(give_back.call0(&JsValue::NULL));
        }
    }
}

/// Takes the lock if no other tab has it.
pub async fn try_take(name: &str) -> Option<TabLock> {
    request(name, true).await
}

/// Takes the lock as soon as no other tab has it.
pub async fn take(name: &str) -> Option<TabLock> {
    request(name, false).await
}

/// The bindings do not know the lock manager yet, so it is called by name. A browser that has none
/// is taken to have one tab.
async fn request(name: &str, only_if_free: bool) -> Option<TabLock> {
    let Some(manager) = manager() else { return Some(TabLock { give_back: None }) };
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let on_answer = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let mut tell = tell.borrow_mut().take();
        if lock.is_null() {
            drop(tell.map(|tell| tell.send(None)));
            return JsValue::UNDEFINED;
        }
        // The browser holds the lock until this promise is fulfilled.
        let held = Promise::new(&mut |give_back, _| {
            if let Some(tell) = tell.take() {
                drop(tell.send(Some(TabLock { give_back: Some(give_back) })));
            }
        });
        held.into()
    });
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into()).ok()?;
    let request: Function = Reflect::get(&manager, &"request".into()).ok()?.dyn_into().ok()?;
    request.call3(&manager, &name.into(), &options, &on_answer).ok()?;
    told.await.ok().flatten()
}

fn manager() -> Option<JsValue> {
    let manager = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    (!manager.is_undefined()).then_some(manager)
}

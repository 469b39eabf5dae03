//! Small settings that the browser keeps. Never a secret.

/// The kept value of `name`.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a value, or forgets it. A browser that keeps nothing only forgets it later.
pub fn set(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    drop(match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    });
}

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}

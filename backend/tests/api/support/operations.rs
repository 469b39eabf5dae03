//! Every operation of the API, read from its own document.

use reqwest::Method;
use serde_json::Value;
use std::sync::OnceLock;

/// Stands where an id belongs and names nothing.
pub(crate) const NO_ID: &str = "019ab000-0000-7000-8000-000000000001";

/// One operation.
pub(crate) struct Operation {
    pub(crate) method: Method,
    pub(crate) name: String,
    /// With `{names}` where ids belong.
    pub(crate) path: String,
    /// What may stand in its query.
    query: Vec<String>,
    /// The schema of its body; null if it takes no JSON.
    body: &'static Value,
}

impl Operation {
    /// All of them.
    pub(crate) fn all() -> Vec<Self> {
        static DOCUMENT: OnceLock<Value> = OnceLock::new();
        let document = DOCUMENT.get_or_init(|| serde_json::to_value(backend::app::openapi()).unwrap());
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
                let name = operation["operationId"].as_str().unwrap().to_owned();
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                operations.push(Self { method, name, path: path.clone(), query: names_in_query(operation), body });
            }
        }
        operations
    }

    /// The schema of the JSON that it takes, if it takes any.
    pub(crate) fn body(&self) -> Option<&'static Value> {
        self.body.is_object().then_some(self.body)
    }

    /// Its path with `id` wherever one belongs.
    pub(crate) fn path(&self, id: &str) -> String {
        let parts = self.path.split('/').map(|part| match part {
            "{index}" => "0",
            part if part.starts_with('{') => id,
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Its path with `ids` where ids belong, in order; the last one for all that are left.
    pub(crate) fn path_of(&self, ids: &[String]) -> String {
        let (mut ids, mut last) = (ids.iter(), None);
        let parts = self.path.split('/').map(|part| match part.starts_with('{') {
            true => {
                last = ids.next().or(last);
                last.map_or(part, String::as_str)
            }
            false => part,
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// Its path with each of `ids`, and with each of `ids` in its query.
    pub(crate) fn paths(&self, ids: &[String]) -> Vec<String> {
        let mut paths = if self.path.contains('{') {
            ids.iter().map(|id| self.path(id)).collect()
        } else {
            vec![self.path.clone()]
        };
        for name in self.query.iter().filter(|name| name.ends_with("_id")) {
            paths.extend(ids.iter().map(|id| format!("{}?{name}={id}", self.path)));
        }
        paths
    }
}

fn names_in_query(operation: &Value) -> Vec<String> {
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
    in_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
}

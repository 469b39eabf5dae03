//! An HTTP client that speaks as one person.

use serde::Serialize;
use serde_json::Value;
use std::net::SocketAddr;

/// One person's device.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    address: SocketAddr,
    token: Option<String>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    /// The body, if the status is the expected one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The problem's code, if the status is the expected one and the body is a problem.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16) -> String {
        let content_type = self.headers["content-type"].to_str().unwrap().to_owned();
        assert_eq!(content_type, "application/problem+json", "{}", String::from_utf8_lossy(&self.bytes));
        self.expect(status)["code"].as_str().unwrap().to_owned()
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr, token: Option<String>) -> Self {
        Self { http: reqwest::Client::new(), address, token }
    }

    /// The same person, talking to another server.
    pub(crate) fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    /// A request to `path` as this person, to add headers or a body to.
    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("http://{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(reqwest::Method::GET, path)).await
    }

    /// Every row of a list that comes in pages, read with so many on each.
    pub(crate) async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        let mark = if path.contains('?') { '&' } else { '?' };
        loop {
            let page = self.get(&format!("{path}{mark}limit={limit}{cursor}")).await.expect(200);
            let found = page["items"].as_array().unwrap();
            assert!(found.len() <= limit, "{page}");
            rows.extend(found.iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return rows,
            }
        }
    }

    pub(crate) async fn post(&self, path: &str, body: &impl Serialize) -> Reply {
        send(self.request(reqwest::Method::POST, path).json(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        send(self.request(reqwest::Method::DELETE, path)).await
    }
}

/// Sends a request and reads the whole reply.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Reply {
    try_send(request).await.unwrap()
}

/// Sends a request to a server that may go away.
pub(crate) async fn try_send(request: reqwest::RequestBuilder) -> reqwest::Result<Reply> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply { status, headers, bytes: response.bytes().await?.to_vec() })
}

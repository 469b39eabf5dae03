//! The edge: reading requests, answering problems, headers, the site.

mod body;
mod conditional;
mod cursor;
mod headers;
mod idempotency;
mod language;
mod limits;
mod measure;
mod parameters;
mod problem;
mod query;
mod range;
mod request_id;
mod routes;
mod site;

pub use body::Body;
pub use conditional::{IfMatch, kept_by_caches, unless_known, with_etag};
pub use cursor::{decode_cursor, encode_cursor, page};
pub use headers::{
    nothing_of_no_encoding, readable_addresses, safe_methods_only_read, security_headers, small_as_it_is,
};
pub use idempotency::{IdempotencyKey, forget_replies, once, replayed};
pub use limits::{Allowance, Stranger, ToolCaller, Verifier, client_network, is_from_within};
pub use measure::measured;
pub use parameters::{Parameters, known_parameters_only};
pub use problem::{describe, problems};
pub use query::Query;
pub use range::{Wanted, wanted};
pub use request_id::{RequestId, named_requests};
pub use routes::Routes;
pub use site::Site;

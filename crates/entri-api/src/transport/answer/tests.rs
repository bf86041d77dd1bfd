use super::*;

fn error(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Error {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    let answer = Answer {
        host: "a.example".to_owned(),
        credential: CredentialKind::ApiToken,
        secrets: Vec::new(),
        origin: None,
        status: StatusCode::from_u16(status).unwrap(),
        headers: map,
        body: body.as_bytes().to_vec(),
        cut: None,
    };
    answer.success().err().unwrap()
}

/// The error bodies of docs/entri-api.md#examples, each with the start of what is said of it.
const EXAMPLES: [(u16, &str, &str); 14] = [
    (
        400,
        r#"{"statusCode":400,"message":["name should not be empty","expiresAt must be a valid ISO 8601 date string"],"error":"Bad Request"}"#,
        "a.example rejected the request: “name should not be empty; expiresAt must be a valid ISO 8601 date string”.",
    ),
    (
        401,
        r#"{"message":"Unauthorized","statusCode":401}"#,
        "a.example rejected this API token: “Unauthorized”.",
    ),
    (
        401,
        r#"{"statusCode":401,"error":"Unauthorized","message":"API token has been revoked","timestamp":"2026-11-24T10:06:00.000Z","path":"/api/projects"}"#,
        "a.example rejected this API token: “API token has been revoked”.",
    ),
    (
        403,
        r#"{"statusCode":403,"error":"Forbidden","message":"Only owners and admins can manage API tokens","timestamp":"2026-11-24T10:06:00.000Z","path":"/api/organizations/x/tokens"}"#,
        "a.example does not allow this: “Only owners and admins can manage API tokens”.",
    ),
    (
        404,
        r#"{"statusCode":404,"error":"Not Found","message":"Token not found"}"#,
        "a.example couldn’t find this: “Token not found”.",
    ),
    (404, "", "a.example couldn’t find this."),
    (404, "<html>", "a.example didn’t respond like an Entri server (no stated type, HTTP 404)."),
    (
        409,
        r#"{"statusCode":409,"error":"Conflict","message":"A token with this name already exists"}"#,
        "a.example rejected the request: “A token with this name already exists”.",
    ),
    (
        413,
        r#"{"statusCode":413,"message":"request entity too large"}"#,
        "a.example rejected the request: “request entity too large”.",
    ),
    (418, "", "a.example rejected the request."),
    (
        422,
        r#"{"statusCode":422,"error":"Unprocessable Entity","message":"expiresAt must be in the future"}"#,
        "a.example rejected the request: “expiresAt must be in the future”.",
    ),
    (
        429,
        r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#,
        "a.example is rate limiting. Try again later.",
    ),
    (
        500,
        r#"{"statusCode":500,"message":"Internal server error"}"#,
        "a.example had an error (HTTP 500): “Internal server error”.",
    ),
    (502, "<html>bad gateway</html>", "a.example had an error (HTTP 502)."),
];

#[test]
fn every_status_has_its_error_and_keeps_the_servers_words() {
    for (status, body, start) in EXAMPLES {
        let words = error(status, &[], body).to_string();
        assert!(words.starts_with(start), "{status} {body}: {words}");
    }
}

#[test]
fn a_429_says_how_long() {
    let limited = error(429, &[("x-retry-after", "8")], r#"{"message":"Too many requests."}"#);
    assert_eq!(limited.to_string(), "a.example is rate limiting. Try again in 8 seconds.");
    let Error::RateLimited { wait, .. } = limited else { panic!("{limited}") };
    assert_eq!(wait, Some(Duration::from_secs(8)));
}

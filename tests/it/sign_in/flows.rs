//! Both flows against the provider, and what the hub makes of the tokens that come of them.

use super::hub::{listen, trusted};
use super::person::Person;
use super::provider::{Provider, free_port};
use crate::spaces::works;
use servhub::domain::Instant;
use servhub::error::codes;
use servhub::oidc::Web;
use servhub::remote::sign_in::{Browser, Desk, Device, Granted};
use servhub::server::sign_in::{SignIn, Trusted};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn now() -> Instant {
    servhub::ui::now().unwrap()
}

fn desk(sign_in: &SignIn) -> Desk {
    Desk::of(&sign_in.offer(), Web::new().unwrap()).unwrap()
}

/// What the provider grants to someone who goes on in a browser.
fn granted(sign_in: &SignIn, account: &str) -> Granted {
    let desk = desk(sign_in);
    let browser = Browser::begin(&desk).unwrap();
    let address = browser.address().to_owned();
    let account = account.to_owned();
    let person = std::thread::spawn(move || Person::new(&account).walk(&address));
    let granted = browser.wait().unwrap();
    let page = person.join().unwrap();
    assert!(page.text.contains("You are signed in"), "{}", page.text);
    assert!(!page.text.contains(&granted.id_token));
    granted
}

fn verify(sign_in: &SignIn, granted: &Granted, now: Instant) -> servhub::error::Result<String> {
    sign_in.verify_id_token(&granted.id_token, granted.nonce.as_deref(), now)
}

/// Every way of signing that we take is one that the provider uses.
#[test]
fn the_browser_of_this_machine_signs_in_with_every_kind_of_key() {
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let provider = Provider::start(algorithm);
        let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
        let granted = granted(&sign_in, "ben@steel.example");
        assert_eq!(
            verify(&sign_in, &granted, now()).unwrap(),
            "ben@steel.example",
            "{algorithm}"
        );
        assert!(!format!("{granted:?}").contains(&granted.id_token));
    }
}

#[test]
fn a_code_signs_in_from_another_machine_and_is_renewed() {
    let provider = Provider::start("RS256");
    let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let desk = desk(&sign_in);
    assert!(desk.has_device_flow());
    let device = Device::begin(&desk).unwrap();
    let prompt = device.prompt();
    assert!(prompt.address.starts_with(&provider.issuer()), "{prompt:?}");
    let person = std::thread::spawn(move || Person::new("ben@steel.example").walk(&prompt.whole.unwrap()));
    let granted = device.wait().unwrap();
    person.join().unwrap();
    assert_eq!(verify(&sign_in, &granted, now()).unwrap(), "ben@steel.example");
    let again = desk.renew(&granted).unwrap();
    assert!(again.refresh_token.is_some());
    assert_eq!(verify(&sign_in, &again, now()).unwrap(), "ben@steel.example");
    let mut made_up = granted;
    made_up.refresh_token = Some("made up".to_owned());
    assert_eq!(desk.renew(&made_up).unwrap_err().code, &codes::SIGN_IN_ENDED);
}

/// Rules: R-1
#[test]
fn a_token_counts_for_its_sign_in_its_time_its_program_and_its_provider() {
    let provider = Provider::start("ES256");
    let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let granted = granted(&sign_in, "ben@steel.example");
    let (token, nonce) = (granted.id_token.as_str(), granted.nonce.as_deref());
    let refused = |sign_in: &SignIn, token: &str, nonce, now| {
        let error = sign_in.verify_id_token(token, nonce, now).unwrap_err();
        assert_eq!(error.code, &codes::NOT_ACCEPTED, "{error}");
        assert!(!format!("{error:?}").contains(&granted.id_token[20..]));
        error.message
    };
    assert!(refused(&sign_in, token, None, now()).contains("another sign-in"));
    assert!(refused(&sign_in, token, Some("n"), now()).contains("another sign-in"));
    let late = now().plus_seconds(661);
    assert!(refused(&sign_in, token, nonce, late).contains("time"));
    assert!(refused(&sign_in, token, nonce, now().plus_seconds(-120)).contains("time"));
    let other = Trusted {
        client_id: "other".to_owned(),
        ..trusted(&provider.issuer())
    };
    let other = SignIn::new(Some(other)).unwrap();
    assert!(refused(&other, token, nonce, now()).contains("another program"));
    let elsewhere = Provider::start("ES256");
    let elsewhere = SignIn::new(Some(trusted(&elsewhere.issuer()))).unwrap();
    assert!(refused(&elsewhere, token, nonce, now()).contains("signature"));
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else {
        panic!("{token}")
    };
    let mut flipped = signature.to_owned();
    let last = if flipped.remove(0) == 'A' { "B" } else { "A" };
    flipped.insert_str(0, last);
    for forged in [
        format!("{header}.{claims}."),
        format!("{header}.{claims}.{flipped}"),
        format!("{header}.{claims}{}.{signature}", "AAAA"),
        format!("eyJhbGciOiJub25lIn0.{claims}."),
        format!("eyJhbGciOiJIUzI1NiJ9.{claims}.{signature}"),
        String::new(),
    ] {
        refused(&sign_in, &forged, nonce, now());
    }
    assert!(verify(&sign_in, &granted, now()).is_ok());
}

/// Rules: R-1
#[test]
fn an_address_that_the_provider_has_not_verified_is_nobodys() {
    let provider = Provider::start("ES256");
    let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let unverified = granted(&sign_in, "unverified@steel.example");
    let error = verify(&sign_in, &unverified, now()).unwrap_err();
    assert!(error.message.contains("not verified"), "{error}");
    let by_name = Trusted {
        account_claim: "sub".to_owned(),
        ..trusted(&provider.issuer())
    };
    // The name is no claim beside others, so it is not taken for one.
    let error = verify(&SignIn::new(Some(by_name)).unwrap(), &unverified, now()).unwrap_err();
    assert_eq!(error.code, &codes::NOT_ACCEPTED);
    let nobody = granted(&sign_in, "no address");
    let error = verify(&sign_in, &nobody, now()).unwrap_err();
    assert!(error.message.contains("no account"), "{error}");
}

/// Keys come and go; a made-up key makes the hub ask once and not at every knock.
#[test]
fn keys_that_were_rotated_are_found_and_a_provider_that_is_away_locks_nobody_out() {
    let mut provider = Provider::start("ES256");
    let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let before = granted(&sign_in, "ben@steel.example");
    assert!(verify(&sign_in, &before, now()).is_ok());
    provider.restart("second");
    let after = granted(&sign_in, "ben@steel.example");
    // The provider was asked a moment ago, so it is not asked again yet.
    let error = verify(&sign_in, &after, now()).unwrap_err();
    assert!(error.message.contains("no such key"), "{error}");
    let later = now().plus_seconds(11);
    assert!(verify(&sign_in, &after, later).is_ok());
    let error = verify(&sign_in, &before, later).unwrap_err();
    assert!(error.message.contains("no such key"), "{error}");
    provider.stop();
    assert!(verify(&sign_in, &after, later.plus_seconds(30)).is_ok());
    let error = verify(&sign_in, &before, later.plus_seconds(30)).unwrap_err();
    assert_eq!(error.code, &codes::PROVIDER_SILENT);
    let fresh = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let error = verify(&fresh, &after, now()).unwrap_err();
    assert_eq!(error.code, &codes::PROVIDER_SILENT);
    let error = verify(&fresh, &after, now()).unwrap_err();
    assert!(error.message.contains("a moment ago"), "{error}");
}

/// Only the answer to this very question ends the wait: others at the door are sent away.
#[test]
fn the_door_on_this_machine_opens_for_the_right_answer_alone() {
    let provider = Provider::start("ES256");
    let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let desk = desk(&sign_in);
    let browser = Browser::begin(&desk).unwrap();
    let address = browser.address().to_owned();
    let issuer = provider.issuer();
    let person = std::thread::spawn(move || {
        let answer = Person::new("ben@steel.example")
            .walk_until(&address, |url| url.path() == "/callback")
            .url;
        let port = answer.port().unwrap();
        let knock = |target: &str| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            write!(stream, "{target} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut told = String::new();
            stream.read_to_string(&mut told).unwrap();
            told
        };
        for target in [
            "GET /favicon.ico".to_owned(),
            "GET /callback?code=stolen&state=wrong".to_owned(),
            "GET /callback?code=stolen".to_owned(),
            format!("GET /other?{}", answer.query().unwrap()),
            format!("POST /callback?{}", answer.query().unwrap()),
            "nonsense".to_owned(),
        ] {
            assert!(knock(&target).starts_with("HTTP/1.1 404"), "{target}");
        }
        drop(TcpStream::connect(("127.0.0.1", port)).unwrap());
        let right = format!("GET /callback?{}", answer.query().unwrap());
        assert!(
            right.contains(&format!("iss={}", issuer.replace(':', "%3A").replace('/', "%2F"))),
            "{right}"
        );
        knock(&right)
    });
    let granted = browser.wait().unwrap();
    assert!(person.join().unwrap().contains("You are signed in"));
    assert_eq!(verify(&sign_in, &granted, now()).unwrap(), "ben@steel.example");
}

#[test]
fn a_sign_in_that_was_declined_or_not_gone_on_with_ends() {
    let provider = Provider::start("ES256");
    let sign_in = SignIn::new(Some(trusted(&provider.issuer()))).unwrap();
    let desk = desk(&sign_in);
    let error = Browser::begin(&desk)
        .unwrap()
        .wait_at_most(Duration::from_millis(100))
        .unwrap_err();
    assert!(
        error.code == &codes::SIGN_IN_ENDED && error.message.contains("in time"),
        "{error}"
    );
    for (answer, told) in [
        ("error=access_denied&error_description=no", "access_denied (no)"),
        ("code=made-up", "another provider"),
        ("code=made-up&iss=https://evil.example", "another provider"),
        ("code=made-up&iss=ISSUER", "invalid_grant"),
    ] {
        let browser = Browser::begin(&desk).unwrap();
        let asked = reqwest::Url::parse(browser.address()).unwrap();
        let value = |name: &str| {
            let mut pairs = asked.query_pairs();
            pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
        };
        assert_eq!(value("code_challenge_method"), "S256");
        let iss = if answer.starts_with("error") {
            "&iss=ISSUER"
        } else {
            ""
        };
        let back = format!("{}?{answer}{iss}&state={}", value("redirect_uri"), value("state"))
            .replace("ISSUER", &provider.issuer());
        let person = std::thread::spawn(move || Person::new("x").walk(&back).text);
        let error = browser.wait().unwrap_err();
        assert_eq!(error.code, &codes::SIGN_IN_ENDED);
        assert!(error.message.contains(told), "{error}");
        assert!(person.join().unwrap().contains("You are not signed in"));
    }
}

#[test]
fn a_provider_that_is_none_is_told() {
    let away = format!("http://127.0.0.1:{}", free_port());
    let sign_in = SignIn::new(Some(trusted(&away))).unwrap();
    let error = Desk::of(&sign_in.offer(), Web::new().unwrap()).unwrap_err();
    assert_eq!(error.code, &codes::PROVIDER_SILENT);
    assert_eq!(
        SignIn::new(Some(trusted("http://id.example"))).unwrap_err().code,
        &codes::BAD_VALUE
    );
    let hub = works();
    let without = listen(&hub, None);
    let error = Desk::of(&without.sign_in.offer(), Web::new().unwrap()).unwrap_err();
    assert_eq!(error.code, &codes::NOT_ACCEPTED);
    let error = without.sign_in.verify_id_token("x", None, now()).unwrap_err();
    assert_eq!(error.code, &codes::NOT_ACCEPTED);
}

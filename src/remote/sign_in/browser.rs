//! The authorization code with PKCE (RFC 7636), handed over on this machine by a redirect that never leaves it
//! (RFC 8252).

use super::{Desk, Granted, ended, grant, unguessable};
use crate::error::{AtPath, Result, codes};
use oauth2::url::Url;
use oauth2::{AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl};
use std::borrow::Cow;
use std::fmt;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;

/// How long a person may take in the browser.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// How long whoever connects may take to say what it wants.
const KNOCK: Duration = Duration::from_secs(2);
/// The longest request that is read.
const LONGEST: usize = 16 * 1024;
/// How often the door is looked at.
const LOOK: Duration = Duration::from_millis(20);

const DONE: &str = "You are signed in. You can close this page and go back to the terminal.";
const NOT_DONE: &str = "You are not signed in. The terminal says why. You can close this page.";

/// A sign-in with the browser of this machine.
pub struct Browser<'a> {
    desk: &'a Desk,
    listener: TcpListener,
    redirect: RedirectUrl,
    verifier: PkceCodeVerifier,
    state: String,
    nonce: String,
    address: Url,
}

impl fmt::Debug for Browser<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Browser(…)")
    }
}

impl<'a> Browser<'a> {
    /// Opens a door on this machine for the answer.
    ///
    /// # Errors
    /// `E0008` when no port can be had.
    pub fn begin(desk: &'a Desk) -> Result<Self> {
        let here = Path::new("127.0.0.1");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).at(here)?;
        listener.set_nonblocking(true).at(here)?;
        let port = listener.local_addr().at(here)?.port();
        let redirect = RedirectUrl::new(format!("http://127.0.0.1:{port}/callback"))
            .map_err(|error| codes::IO_FAILED.error("no address for the answer").because(error))?;
        let (state, nonce) = (unguessable()?, unguessable()?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let party = desk.party()?;
        let asked = CsrfToken::new(state.clone());
        let mut request = party
            .authorize_url(|| asked)
            .set_redirect_uri(Cow::Borrowed(&redirect))
            .set_pkce_challenge(challenge)
            .add_scopes(desk.scopes())
            .add_extra_param("nonce", nonce.clone());
        if desk.scopes.iter().any(|scope| scope == "offline_access") {
            // OpenID Connect Core 1.0, section 11: it is granted only when the person is asked.
            request = request.add_extra_param("prompt", "consent");
        }
        let (address, _) = request.url();
        Ok(Self {
            desk,
            listener,
            redirect,
            verifier,
            state,
            nonce,
            address,
        })
    }

    /// Where the person goes.
    pub fn address(&self) -> &str {
        self.address.as_str()
    }

    /// Waits until the browser comes back with an answer, and takes it to the provider.
    ///
    /// # Errors
    /// `E0207` when the person declined or did not come back in time, or somebody else's answer came; `E0206` when
    /// the provider does not answer.
    pub fn wait(self) -> Result<Granted> {
        self.wait_at_most(PATIENCE)
    }

    /// The same with another patience.
    ///
    /// # Errors
    /// As [`Self::wait`].
    pub fn wait_at_most(self, patience: Duration) -> Result<Granted> {
        let (code, mut stream) = self.answer(patience)?;
        let granted = self.redeem(code);
        tell(&mut stream, granted.is_ok());
        granted
    }

    fn redeem(self, code: String) -> Result<Granted> {
        let party = self.desk.party()?;
        let answer = party
            .exchange_code(AuthorizationCode::new(code))
            .set_redirect_uri(Cow::Borrowed(&self.redirect))
            .set_pkce_verifier(self.verifier)
            .request(&|request| self.desk.web.exchange(request))
            .map_err(|error| grant::failed(&error))?;
        Granted::of(&answer, Some(self.nonce))
    }

    /// The code, with whoever brought it. What is not the answer (a browser's look for an icon, a stranger without the
    /// right state) is sent away, and the wait goes on.
    fn answer(&self, patience: Duration) -> Result<(String, TcpStream)> {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            let mut stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    std::thread::sleep(LOOK);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let Some(answer) = asked_for(&mut stream).and_then(|target| self.read(&target)) else {
                turn_away(&mut stream);
                continue;
            };
            return match answer {
                Ok(code) => Ok((code, stream)),
                Err(what) => {
                    tell(&mut stream, false);
                    Err(ended(&what))
                }
            };
        }
        Err(ended("nobody came back from the browser in time"))
    }

    /// What an address of ours says: a code, or why there is none. Nothing for what is not the answer.
    fn read(&self, target: &str) -> Option<Result<String, String>> {
        let url = Url::parse(self.redirect.as_str()).ok()?.join(target).ok()?;
        let value = |name: &str| {
            let mut found = url.query_pairs().filter(|(key, _)| key == name);
            let one = found.next().map(|(_, value)| value.into_owned());
            one.filter(|_| found.next().is_none())
        };
        let state = value("state")?;
        let is_ours = bool::from(state.as_bytes().ct_eq(self.state.as_bytes()));
        if url.path() != "/callback" || !is_ours {
            return None;
        }
        let issuer = value("iss");
        let provider = &self.desk.provider;
        let due = provider.authorization_response_iss_parameter_supported;
        if issuer.as_ref().map_or(due, |issuer| *issuer != provider.issuer) {
            return Some(Err("another provider answered".to_owned()));
        }
        match (value("code"), value("error")) {
            (Some(code), None) => Some(Ok(code)),
            (_, Some(error)) => {
                let more = value("error_description").map_or(String::new(), |more| format!(" ({more})"));
                Some(Err(format!("the provider says: {error}{more}")))
            }
            (None, None) => None,
        }
    }
}

/// The target of a request: the second word of its first line.
fn asked_for(stream: &mut TcpStream) -> Option<String> {
    stream.set_nonblocking(false).ok()?;
    stream.set_read_timeout(Some(KNOCK)).ok()?;
    stream.set_write_timeout(Some(KNOCK)).ok()?;
    let (mut head, mut part) = (Vec::new(), [0; 2048]);
    let begun = Instant::now();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut part).ok()?;
        head.extend_from_slice(&part[..read]);
        if read == 0 || head.len() > LONGEST || begun.elapsed() > KNOCK {
            return None;
        }
    }
    let line = String::from_utf8(head.split(|byte| *byte == b'\r').next()?.to_vec()).ok()?;
    let mut words = line.split(' ');
    let method = words.next()?;
    words.next().filter(|_| method == "GET").map(str::to_owned)
}

fn tell(stream: &mut TcpStream, done: bool) {
    let text = if done { DONE } else { NOT_DONE };
    respond(stream, "200 OK", text);
}

fn turn_away(stream: &mut TcpStream) {
    respond(stream, "404 Not Found", "There is nothing here.");
}

/// The page tells nothing but a fixed sentence. A browser that went away misses nothing.
fn respond(stream: &mut TcpStream, status: &str, text: &str) {
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>servhub</title><p>{text}</p>\n");
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.flush());
}

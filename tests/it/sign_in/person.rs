//! A person at a browser: follows addresses, fills in forms, keeps cookies.

use reqwest::blocking::{Client, Response};
use reqwest::{Url, redirect};
use std::collections::BTreeMap;
use std::time::Duration;

/// Who sits there.
pub struct Person {
    account: String,
    client: Client,
    cookies: BTreeMap<String, String>,
}

/// How the way ended.
pub struct Page {
    pub url: Url,
    pub text: String,
}

impl Person {
    pub fn new(account: &str) -> Self {
        // The program chooses it when it makes its first connection, and this is none of the program's.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build();
        Self {
            account: account.to_owned(),
            client: client.unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    /// Goes where an address leads and does what is asked there, until nothing more is asked.
    pub fn walk(&mut self, address: &str) -> Page {
        self.walk_until(address, |_| false)
    }

    /// The same, stopping before an address that fits.
    pub fn walk_until(&mut self, address: &str, stop: impl Fn(&Url) -> bool) -> Page {
        let mut url = Url::parse(address).unwrap();
        let mut form: Option<String> = None;
        for _ in 0..20 {
            if stop(&url) {
                return Page {
                    url,
                    text: String::new(),
                };
            }
            let response = self.go(&url, form.take());
            if let Some(next) = response.headers().get("location") {
                url = url.join(next.to_str().unwrap()).unwrap();
                continue;
            }
            let text = response.text().unwrap();
            let Some((action, fields)) = self.filled(&text) else {
                return Page { url, text };
            };
            url = url.join(&action).unwrap();
            form = Some(fields);
        }
        panic!("the way does not end: {url}");
    }

    fn go(&mut self, url: &Url, form: Option<String>) -> Response {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = match form {
            Some(form) => self
                .client
                .post(url.clone())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form),
            None => self.client.get(url.clone()),
        };
        let response = request.header("Cookie", cookies.join("; ")).send().unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }

    /// Where a page's form goes, and what this person fills in.
    fn filled(&self, page: &str) -> Option<(String, String)> {
        let form = &page[page.find("<form")?..];
        let form = &form[..form.find("</form>").unwrap_or(form.len())];
        let mut fields = oauth2::url::form_urlencoded::Serializer::new(String::new());
        for input in form.split("<input").skip(1) {
            let name = attribute(input, "name").unwrap();
            let value = match name.as_str() {
                "login" => self.account.clone(),
                "password" => "anything".to_owned(),
                _ => attribute(input, "value").unwrap_or_default(),
            };
            fields.append_pair(&name, &value);
        }
        Some((attribute(form, "action")?, fields.finish()))
    }
}

fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = &text[..text.find('>')?];
    let rest = &tag[tag.find(&format!("{name}=\""))? + name.len() + 2..];
    Some(rest[..rest.find('"')?].replace("&amp;", "&"))
}

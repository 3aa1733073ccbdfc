"""Organizations and records with ids made from numbers."""

import copy
import pathlib

from .installation import PASSWORD

SEED = pathlib.Path(__file__).with_name("seed.sql").read_text()


def organization(number):
    return f"0b000000-0000-7000-8000-{number:012x}"


def deal(number):
    return f"0c000000-0000-7000-8000-{number:012x}"


class Seed:
    """The template company, made through the API, and its clones."""

    def __init__(self, installation):
        self.installation = installation

    def of(self, installation):
        """The same company, in a copy of the installation."""
        other = copy.copy(self)
        other.installation = installation
        return other

    def sign_up(self):
        call = self.installation.call
        made = call("POST", "/auth/signup", {
            "email": "bench@example.com", "password": PASSWORD, "name": "Bench",
            "organization": {"name": "Template", "currency": "EUR"}})
        self.template = made["organization"]["id"]
        token = made["access_token"]
        for number in range(20):
            call("POST", "/accounts", {"name": f"Company {number}"}, token)
        self.read_template(token)

    def read_template(self, token):
        call = self.installation.call
        self.stages = [stage["id"] for stage in call("GET", "/stages?sort=position", token=token)["data"]]
        self.user = call("GET", "/me", token=token)["user"]["id"]

    def clone(self, first, last, deals, with_records=True):
        self.installation.admin(
            f"set bench.template = '{self.template}';\n\\set template '{self.template}'\n\\set first {first}\n"
            f"\\set last {last}\n\\set deals {deals}\n\\set with_records {str(with_records).lower()}\n{SEED}")

    def analyze(self):
        self.installation.admin(
            "vacuum (analyze) sales.opportunities; vacuum (analyze) kernel.records; analyze;\ncheckpoint;")

    def tokens(self, numbers):
        """Fresh access tokens, of one session in each of the organizations."""
        return [
            self.installation.call("POST", "/auth/login", {
                "email": "bench@example.com", "password": PASSWORD, "organization_id": organization(number),
            })["access_token"]
            for number in numbers
        ]

"""The first thing anybody sees: the ways in that work on this computer."""

from types import MappingProxyType

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.layout import Row
from assessor_app.ui.parts.logo import Logo
from assessor_app.ui.parts.menu_button import Choice, MenuButton
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.signin.option_card import OptionCard
from assessor_app.ui.signin.page import Page
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import AppError

SCALES = MappingProxyType({"100": 1.0, "125": 1.25, "150": 1.5, "175": 1.75, "200": 2.0})


class FirstRun(Page):
    """Sign in, or try with samples where this computer can run them.

    Signals:
        sign_in_chosen(): The assessor has an account.
        samples_chosen(): The assessor wants to look around first.
        look_chosen(): Colours or text size were chosen; the theme has them.
    """

    sign_in_chosen = Signal()
    samples_chosen = Signal()
    look_chosen = Signal()

    def __init__(self, theme: Theme, *, has_samples: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sign_in = OptionCard(
            theme,
            "log-in",
            self.tr("Sign in"),
            self.tr("With a token of your platform. Packets then arrive by themselves."),
            is_first=True,
            parent=self,
        )
        self._samples = OptionCard(
            theme,
            "flask-conical",
            self.tr("Try with sample packets"),
            self.tr("Invented submissions. No account, no network, nothing is sent."),
            parent=self,
        )
        self._samples.setVisible(has_samples)
        self._problem = Banner(theme, Tone.WARN, "", "", parent=self)
        self._problem.hide()
        self._size = MenuButton(theme, "", icon="a-large-small", parent=self)
        self._colours = MenuButton(theme, "", icon="sun", parent=self)
        self._build()
        self.setFocusProxy(self._sign_in)
        self._sign_in.clicked.connect(self.sign_in_chosen)
        self._samples.clicked.connect(self.samples_chosen)
        self._size.choice_chosen.connect(self._on_size_chosen)
        self._colours.choice_chosen.connect(self._on_colours_chosen)
        theme.changed.connect(self._show_look)
        self._show_look()

    def show_busy(self, *, is_busy: bool) -> None:
        """Show that the samples are being prepared."""
        self._samples.setEnabled(not is_busy)
        self._sign_in.setEnabled(not is_busy)
        if is_busy:
            self._problem.show_message(
                Tone.PLAIN,
                self.tr("Preparing the samples"),
                self.tr("A small platform starts on this computer. This takes up to a minute."),
            )
        self._problem.setVisible(is_busy)

    def show_problem(self, title: str, text: str, *, details: str = "") -> None:
        """Say what did not work."""
        self._problem.show_message(Tone.WARN, title, text, details=details)
        self._problem.show()

    def show_error(self, error: AppError) -> None:
        """Say what did not work, from an expected error."""
        title = self.tr("Your work could not be opened")
        self.show_problem(title, sentence(error), details=type(error).__name__)

    def _build(self) -> None:
        theme, centre = self._theme, Qt.AlignmentFlag.AlignHCenter
        name = Paragraph(theme, self.tr("Assessor"), style=Style.DISPLAY, parent=self)
        text = Paragraph(
            theme,
            self.tr("Review anonymised submissions beside their rubric, also without a network."),
            style=Style.READING,
            ink=Color.TEXT_2,
            parent=self,
        )
        for words in (name, text):
            words.setAlignment(centre)
        self.body.addWidget(Logo(theme, 48, self), 0, centre)
        self.body.addWidget(name)
        self.body.addWidget(text)
        self.body.addSpacing(theme.space(16))
        self.body.addWidget(self._problem)
        self.body.addWidget(self._sign_in)
        self.body.addWidget(self._samples)
        self.add_promise(
            self.tr("Everything is kept encrypted on this laptop. No usage data is collected.")
        )
        look = Row(theme, gap=8)
        look.addStretch(1)
        look.addWidget(self._size)
        look.addWidget(self._colours)
        look.addStretch(1)
        self.body.addLayout(look)

    @Slot()
    def _show_look(self) -> None:
        percent = str(round(self._theme.text_scale * 100))
        self._size.show_text(self.tr("Text size {0} %").format(percent))
        self._size.show_choices(tuple(Choice(key, f"{key} %") for key in SCALES), percent)
        names = {
            Mode.SYSTEM: self.tr("As the system"),
            Mode.LIGHT: self.tr("Light"),
            Mode.DARK: self.tr("Dark"),
        }
        mode = self._theme.mode
        self._colours.show_text(names[mode])
        self._colours.show_icon("moon" if self._theme.is_dark else "sun")
        self._colours.show_choices(
            tuple(Choice(key.value, name) for key, name in names.items()), mode.value
        )

    @Slot(str)
    def _on_size_chosen(self, key: str) -> None:
        self._theme.use_text_scale(SCALES[key])
        self.look_chosen.emit()

    @Slot(str)
    def _on_colours_chosen(self, key: str) -> None:
        self._theme.use_mode(Mode(key))
        self.look_chosen.emit()

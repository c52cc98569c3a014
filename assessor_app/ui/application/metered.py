"""Whether the network of this computer is metered, as far as the system tells."""

from PySide6.QtNetwork import QNetworkInformation

from assessor_app.usecases.settings import Metered


class MeteredNetwork:
    """Answers for a choice of the assessor; where the system does not tell, it is not metered."""

    def __init__(self) -> None:
        self.choice = Metered.AS_SYSTEM
        feature = QNetworkInformation.Feature.Metered
        self._is_told = QNetworkInformation.loadBackendByFeatures(feature)

    def is_metered(self) -> bool:
        """Return whether nothing large is to be fetched."""
        if self.choice is not Metered.AS_SYSTEM:
            return self.choice is Metered.ALWAYS
        return self._is_told and QNetworkInformation.instance().isMetered()

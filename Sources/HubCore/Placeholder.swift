import Yams
import Logging
import Metrics

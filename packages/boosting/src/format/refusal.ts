import { Problem } from '@bellwether/contracts';

const resave = 'Load it in Python with the xgboost that wrote it, and save it anew: booster.save_model("model.ubj").';

/** A model that cannot be read, with the reason in words that finish "The model cannot be read: …". */
export const refuse = (reason: string, cure: string = resave): Problem =>
  new Problem(422, 'booster-refused', `The model cannot be read: ${reason}.`, { cure });
